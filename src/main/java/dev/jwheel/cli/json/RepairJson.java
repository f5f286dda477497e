// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import static dev.jwheel.cli.json.JsonText.writeStrings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.MemberEdit;
import dev.jwheel.repair.RefusalReason;
import dev.jwheel.repair.RepairNote;
import dev.jwheel.repair.RepairOutcome;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.repair.RepairRefusal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A repair for machines: what will happen or what happened, in the same words. {@code
 * docs/repair.schema.json} describes it.
 */
public final class RepairJson implements Renderer<RepairOutcome> {
  private static final int VERSION = 1;

  private final JsonText text;

  /**
   * @param indent whether to spread an object over lines rather than write it on one
   */
  public RepairJson(Console console, boolean indent) {
    this.text = new JsonText(console, indent);
  }

  @Override
  public void render(RepairOutcome outcome) throws IOException {
    text.print(
        json -> {
          if (outcome instanceof RepairOutcome.Planned planned) {
            writePlan(json, planned.plan(), Optional.empty());
          } else if (outcome instanceof RepairOutcome.Repaired repaired) {
            writePlan(json, repaired.plan(), Optional.of(repaired.file()));
          } else if (outcome instanceof RepairOutcome.InOrder done) {
            writePlan(json, done.plan(), Optional.of(done.file()));
          } else if (outcome instanceof RepairOutcome.Copied copied) {
            writeCopy(json, copied);
          } else if (outcome instanceof RepairRefusal refusal) {
            writeRefusal(json, refusal);
          }
        });
  }

  private static void writePlan(JsonGenerator json, RepairPlan plan, Optional<Path> output)
      throws IOException {
    begin(json, plan.wheel().toString());
    json.writeBooleanField("pure", false);
    json.writeStringField("target", plan.target());
    json.writeStringField("result", plan.result().toString());
    json.writeStringField("output", output.map(Path::toString).orElse(null));
    writeStrings(json, "tags_before", new TreeSet<>(plan.wheel().tags()));
    writeStrings(json, "tags", new TreeSet<>(plan.result().tags()));
    writeGrafts(json, plan.grafts());
    writeEdits(json, plan.edits());
    writeStrings(json, "renewed", plan.renewed());
    writeStrings(json, "dropped", plan.dropped());
    writeStrings(json, "notes", plan.notes().stream().map(RepairNote::sentence).toList());
    writeStrings(json, "recommended_excludes", plan.betterExcluded());
  }

  private static void writeCopy(JsonGenerator json, RepairOutcome.Copied copy) throws IOException {
    begin(json, copy.wheel());
    json.writeBooleanField("pure", true);
    json.writeStringField("result", copy.wheel());
    json.writeStringField("output", copy.file().map(Path::toString).orElse(null));
  }

  private static void writeRefusal(JsonGenerator json, RepairRefusal refusal) throws IOException {
    begin(json, refusal.wheel());
    json.writeStringField("error", "cannot be repaired");
    json.writeStringField("target", refusal.target().orElse(null));
    writeStrings(json, "reasons", refusal.reasons().stream().map(RefusalReason::sentence).toList());
    writeCulprits(json, refusal.reasons());
    writeStrings(json, "notes", refusal.notes());
    writeStrings(json, "recommended_excludes", refusal.excludable());
  }

  @Override
  public void failed(InputFailure failure) throws IOException {
    text.print(
        json -> {
          begin(json, failure.input());
          json.writeStringField("error", failure.message());
          writeStrings(json, "reasons", List.of());
        });
  }

  /** The reasons that are more than a sentence. */
  private static void writeCulprits(JsonGenerator json, List<RefusalReason> reasons)
      throws IOException {
    json.writeArrayFieldStart("culprits");
    for (RefusalReason reason : reasons) {
      if (reason instanceof RefusalReason.NewerVersion need) {
        beginCulprit(json, "newer-version", need.file(), need.library());
        json.writeBooleanField("grafted", need.grafted());
        json.writeStringField("version", need.version());
        writeStrings(json, "symbols", need.symbols());
        json.writeStringField("first_tag", need.first().map(PlatformTag::text).orElse(null));
        json.writeEndObject();
      } else if (reason instanceof RefusalReason.MissingLibrary missing) {
        beginCulprit(json, "missing-library", missing.file(), missing.library());
        writeStrings(json, "inside", missing.inside());
        writeStrings(json, "run_paths", missing.runPaths());
        json.writeEndObject();
      } else if (reason instanceof RefusalReason.DriverLibrary driver) {
        beginCulprit(json, "driver-library", driver.file(), driver.library());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void beginCulprit(JsonGenerator json, String code, String file, String library)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("code", code);
    json.writeStringField("file", file);
    json.writeStringField("library", library);
  }

  private static void begin(JsonGenerator json, String wheel) throws IOException {
    json.writeNumberField("version", VERSION);
    json.writeStringField("wheel", wheel);
  }

  private static void writeGrafts(JsonGenerator json, List<Graft> grafts) throws IOException {
    json.writeArrayFieldStart("grafts");
    for (Graft graft : grafts) {
      json.writeStartObject();
      json.writeStringField("member", graft.member());
      json.writeStringField("source", graft.source().path());
      json.writeStringField("realpath", graft.source().realPath());
      json.writeStringField("sha256", graft.sha256());
      json.writeNumberField("size", graft.patch().size());
      writeStrings(json, "needed_as", graft.neededAs());
      writeEdits(json, graft.edits());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeEdits(JsonGenerator json, List<MemberEdit> edits) throws IOException {
    json.writeArrayFieldStart("edits");
    for (MemberEdit edit : edits) {
      json.writeStartObject();
      json.writeStringField("member", edit.member());
      json.writeStringField("moved_to", edit.isMoved() ? edit.movedTo() : null);
      json.writeNumberField("size", edit.patch().size());
      writeEdits(json, edit.edits());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeEdits(JsonGenerator json, ElfEdits edits) throws IOException {
    json.writeStringField("soname", edits.soname().map(ElfStrings::toFileName).orElse(null));
    json.writeObjectFieldStart("replaced_needed");
    for (Map.Entry<String, String> entry : edits.replacedNeeded().entrySet()) {
      json.writeStringField(
          ElfStrings.toFileName(entry.getKey()), ElfStrings.toFileName(entry.getValue()));
    }
    json.writeEndObject();
    writeStrings(json, "removed_needed", shown(edits.removedNeeded()));
    writeStrings(json, "added_needed", shown(edits.addedNeeded()));
    writeRunPath(json, edits.rpath());
    json.writeBooleanField("clear_execstack", edits.stack() == StackEdit.CLEAR);
    json.writeBooleanField("strip", edits.strip());
  }

  /** Texts of ELF, which are bytes, as a person reads them. */
  private static List<String> shown(Collection<String> elfTexts) {
    return elfTexts.stream().map(ElfStrings::toFileName).toList();
  }

  /** An entry that is kept is not mentioned; one that is removed is null. */
  private static void writeRunPath(JsonGenerator json, RpathEdit edit) throws IOException {
    if (edit instanceof RpathEdit.SetTo set) {
      json.writeStringField(
          set.kind().name().toLowerCase(Locale.ROOT), ElfStrings.toFileName(set.path()));
    } else if (edit instanceof RpathEdit.Append append) {
      json.writeStringField(
          append.kind().name().toLowerCase(Locale.ROOT), ElfStrings.toFileName(append.path()));
    } else if (edit instanceof RpathEdit.Remove) {
      json.writeNullField("rpath");
    }
  }
}
