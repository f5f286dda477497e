// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.input.Input;
import dev.jwheel.cli.input.InputKind;
import dev.jwheel.cli.json.MetadataJson;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.ExitCode;
import dev.jwheel.cli.terminal.MetadataView;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.cli.text.MetadataText;
import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.Field;
import dev.jwheel.metadata.FieldValue;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.metadata.MetadataFile;
import dev.jwheel.metadata.MetadataFinding;
import dev.jwheel.wheel.EntryPoints;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** {@code jwheel metadata}: core metadata as a table or JSON, and what is wrong with it. */
final class MetadataCommand implements Command {
  private final Console console;
  private final Arguments arguments =
      new Arguments(this, "metadata", "Show the metadata of wheels and source distributions.");
  private final InputArguments files =
      InputArguments.required(
          arguments,
          "FILE",
          "Wheels, source distributions (.tar.gz), METADATA or PKG-INFO; https://.../NAME.whl; or"
              + " NAME==VERSION for the wheels of a release on an index.",
          InputKind.WHEELS);
  private final Argument<Boolean> json =
      arguments.json("Print JSON in the form of PEP 566; with several files one object a line.");
  private final Argument<Boolean> wheel =
      arguments.flag("Show WHEEL instead of the metadata.", "--wheel");
  private final Argument<Boolean> all =
      arguments.flag(
          "Print JSON with everything: the parts of the file name, metadata, WHEEL, RECORD and"
              + " entry points.",
          "--all");
  private final Argument<String> field =
      arguments.text("NAME", "Print only this field, each value on a line.", "--field");
  private final Argument<Boolean> validate =
      arguments.flag("Check the metadata against its standards.", "--validate");
  private final CommonArguments common = new CommonArguments(arguments);

  MetadataCommand(Console console) {
    this.console = console;
    arguments.footer(
        "Exit status: 0 done; 1 --validate found an error, or the field is missing; 2 a file"
            + " cannot be read. What only an index refuses is a warning.");
    arguments.example("jwheel metadata --field Requires-Python foo.whl");
  }

  @Override
  public CommandSpec spec() {
    return arguments.spec();
  }

  @Override
  public ExitCode run() throws IOException {
    requireOneKind();
    List<Input> inputs = files.find(console, common);
    Renderer<MetadataView> renderer =
        json.value() || all.value()
            ? new MetadataJson(console, inputs.size() == 1)
            : new MetadataText(console, common.verbose());
    ErrorMessages errors = common.errors(console, spec());
    return new WheelRun<>(renderer, errors).over(inputs, new Reading(renderer, errors));
  }

  private void requireOneKind() {
    List<String> given = new ArrayList<>();
    addIf(wheel.value(), "--wheel", given);
    addIf(all.value(), "--all", given);
    addIf(field.given().isPresent(), "--field", given);
    addIf(validate.value(), "--validate", given);
    if (given.size() > 1) {
      throw arguments.wrongUsage(given.get(0) + " and " + given.get(1) + " exclude each other");
    }
  }

  private static void addIf(boolean present, String option, List<String> given) {
    if (present) {
      given.add(option);
    }
  }

  /** The reading of the files of one run. */
  private final class Reading implements WheelRun.Work<MetadataView> {
    private final Renderer<MetadataView> renderer;
    private final ErrorMessages errors;

    private Reading(Renderer<MetadataView> renderer, ErrorMessages errors) {
      this.renderer = renderer;
      this.errors = errors;
    }

    @Override
    public MetadataView on(Input input) throws IOException {
      String name = input.name();
      try (MetadataFile file = input.openMetadata()) {
        if (wheel.value()) {
          return new MetadataView.OfWheel(name, file.requireWheel(input.toString()).metadata());
        }
        if (all.value()) {
          return new MetadataView.OfAll(file.metadata(), wheelFiles(file.wheel()));
        }
        if (field.given().isPresent()) {
          return new MetadataView.OfField(find(file.metadata(), field.given().get()));
        }
        return validate.value()
            ? new MetadataView.OfFindings(name, shown(file.findings()))
            : new MetadataView.OfFields(name, file.metadata());
      }
    }

    @Override
    public ExitCode report(MetadataView view) throws IOException {
      renderer.render(view);
      if (view instanceof MetadataView.OfField one && one.value().isEmpty()) {
        errors.print("there is no field " + field.value());
        return ExitCode.REFUSED;
      }
      boolean refused =
          view instanceof MetadataView.OfFindings result
              && result.findings().stream()
                  .anyMatch(finding -> finding.level() == FindingLevel.ERROR);
      return refused ? ExitCode.REFUSED : ExitCode.OK;
    }
  }

  private static Optional<MetadataView.WheelFiles> wheelFiles(Optional<WheelArchive> archive)
      throws IOException {
    if (archive.isEmpty()) {
      return Optional.empty();
    }
    WheelArchive wheel = archive.get();
    String points =
        wheel
            .distInfoFile("entry_points.txt")
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    return Optional.of(
        new MetadataView.WheelFiles(
            wheel.fileName(), wheel.metadata(), wheel.record(), EntryPoints.parse(points)));
  }

  /** Finds a field, which a user may write as a field's name or as its JSON key. */
  private static Optional<FieldValue> find(CoreMetadata metadata, String name) {
    String key =
        metadata
            .fields()
            .find(name.replace('_', '-'))
            .map(Field::jsonKey)
            .orElse(name.toLowerCase(Locale.ROOT).replace('-', '_'));
    return metadata.json().stream().filter(value -> value.key().equals(key)).findFirst();
  }

  /** Not every file is meant for the index, so what only it refuses is a warning. */
  private static List<MetadataFinding> shown(List<MetadataFinding> findings) {
    List<MetadataFinding> shown = new ArrayList<>();
    for (MetadataFinding finding : findings) {
      boolean lowered = finding.rule().isOfTheIndex() && finding.level() == FindingLevel.ERROR;
      shown.add(lowered ? finding.at(FindingLevel.WARNING) : finding);
    }
    return shown;
  }
}
