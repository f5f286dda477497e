// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import static dev.jwheel.cli.json.JsonText.writeStrings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.LddtreeView;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.link.Dependency;
import dev.jwheel.link.DependencyTree;
import dev.jwheel.link.IgnoredEntry;
import dev.jwheel.link.LoadedObject;
import dev.jwheel.link.Resolution;
import dev.jwheel.link.SearchPlace;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.SkippedCandidate;
import dev.jwheel.platform.Architecture;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A dependency tree for machines; {@code docs/lddtree.schema.json} describes it. */
public final class LddtreeJson implements Renderer<LddtreeView> {
  private final JsonText text;

  public LddtreeJson(Console console) {
    this.text = new JsonText(console, true);
  }

  @Override
  public void render(LddtreeView view) throws IOException {
    text.print(
        json -> {
          if (view instanceof LddtreeView.OfFile file) {
            writeTree(json, file.tree());
          } else if (view instanceof LddtreeView.OfWheel wheel) {
            writeWheel(json, wheel.wheel(), wheel.trees());
          }
        });
  }

  private static void writeWheel(JsonGenerator json, String wheel, List<DependencyTree> trees)
      throws IOException {
    json.writeStringField("wheel", wheel);
    json.writeArrayFieldStart("trees");
    for (DependencyTree tree : trees) {
      json.writeStartObject();
      writeTree(json, tree);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeTree(JsonGenerator json, DependencyTree tree) throws IOException {
    ElfBinary elf = tree.root().elf();
    json.writeStringField("path", tree.root().path());
    json.writeStringField("realpath", tree.root().realPath());
    json.writeStringField("interpreter", elf.interpreter().orElse(null));
    json.writeStringField("libc", tree.libc().name().toLowerCase(Locale.ROOT));
    json.writeStringField(
        "architecture", elf.identity().architecture().map(Architecture::tagName).orElse(null));
    writeObject(json, tree.root());
    json.writeObjectFieldStart("libraries");
    for (Dependency dependency : libraries(tree).values()) {
      json.writeObjectFieldStart(dependency.name());
      writeLibrary(json, tree, dependency.resolution());
      json.writeEndObject();
    }
    json.writeEndObject();
    writeMissing(json, tree);
    writeIgnored(json, tree.ignored());
  }

  /** What each name means; a file that one object finds counts for those that do not find it. */
  private static Map<String, Dependency> libraries(DependencyTree tree) {
    Map<String, Dependency> libraries = new LinkedHashMap<>();
    for (LoadedObject object : tree.objects()) {
      for (Dependency dependency : object.dependencies()) {
        Dependency known = libraries.putIfAbsent(dependency.name(), dependency);
        if (known != null && rank(dependency) > rank(known)) {
          libraries.put(dependency.name(), dependency);
        }
      }
    }
    return libraries;
  }

  private static int rank(Dependency dependency) {
    if (dependency.resolution() instanceof Resolution.Missing) {
      return 0;
    }
    return dependency.resolution() instanceof Resolution.AlreadyLoaded ? 1 : 2;
  }

  private static void writeLibrary(JsonGenerator json, DependencyTree tree, Resolution resolution)
      throws IOException {
    Optional<LoadedObject> object = tree.target(new Dependency("", resolution));
    if (object.isPresent()) {
      json.writeStringField("path", object.get().path());
      json.writeStringField("realpath", object.get().realPath());
      json.writeBooleanField("in_wheel", object.get().inWheel());
      writeFound(json, resolution);
      writeObject(json, object.get());
    } else {
      Optional<String> path =
          resolution instanceof Resolution.LoaderItself itself ? itself.path() : Optional.empty();
      json.writeStringField("path", path.orElse(null));
      json.writeStringField("realpath", path.orElse(null));
      json.writeBooleanField("in_wheel", false);
      writeFound(json, resolution);
    }
  }

  private static void writeFound(JsonGenerator json, Resolution resolution) throws IOException {
    if (resolution instanceof Resolution.Found found) {
      json.writeObjectFieldStart("found");
      writePlace(json, found.place());
      json.writeEndObject();
      writeSkipped(json, found.skipped());
    } else if (resolution instanceof Resolution.LoaderItself) {
      writeFoundBy(json, "loader");
    } else if (resolution instanceof Resolution.AlreadyLoaded) {
      writeFoundBy(json, "loaded");
    } else {
      json.writeNullField("found");
    }
  }

  private static void writeFoundBy(JsonGenerator json, String source) throws IOException {
    json.writeObjectFieldStart("found");
    json.writeStringField("source", source);
    json.writeEndObject();
  }

  private static void writeObject(JsonGenerator json, LoadedObject object) throws IOException {
    json.writeStringField("soname", object.elf().soname().orElse(null));
    writeStrings(json, "needed", object.dependencies().stream().map(Dependency::name).toList());
    json.writeStringField("rpath", object.elf().rpath().orElse(null));
    json.writeStringField("runpath", object.elf().runpath().orElse(null));
  }

  private static void writeMissing(JsonGenerator json, DependencyTree tree) throws IOException {
    json.writeArrayFieldStart("missing");
    for (LoadedObject object : tree.objects()) {
      for (Dependency dependency : object.dependencies()) {
        if (dependency.resolution() instanceof Resolution.Missing missing) {
          json.writeStartObject();
          json.writeStringField("name", dependency.name());
          json.writeStringField("needed_by", object.path());
          json.writeArrayFieldStart("searched");
          for (SearchPlace place : missing.searched()) {
            json.writeStartObject();
            writePlace(json, place);
            json.writeEndObject();
          }
          json.writeEndArray();
          writeSkipped(json, missing.skipped());
          json.writeEndObject();
        }
      }
    }
    json.writeEndArray();
  }

  private static void writePlace(JsonGenerator json, SearchPlace place) throws IOException {
    json.writeStringField("source", name(place.source()));
    json.writeStringField("declared_by", place.declaredBy());
    json.writeStringField("directory", place.directory());
  }

  private static void writeSkipped(JsonGenerator json, List<SkippedCandidate> skipped)
      throws IOException {
    json.writeArrayFieldStart("skipped");
    for (SkippedCandidate candidate : skipped) {
      json.writeStartObject();
      json.writeStringField("path", candidate.path());
      json.writeStringField("reason", candidate.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeIgnored(JsonGenerator json, List<IgnoredEntry> ignored)
      throws IOException {
    json.writeArrayFieldStart("ignored");
    for (IgnoredEntry entry : ignored) {
      json.writeStartObject();
      json.writeStringField("source", name(entry.source()));
      json.writeStringField("declared_by", entry.declaredBy());
      json.writeStringField("entry", entry.entry());
      json.writeStringField("reason", entry.reason());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String name(SearchSource source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
