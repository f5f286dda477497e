// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import dev.jwheel.platform.Architecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a policy file says under {@code meaning}. */
final class MeaningReader {
  private static final String SOURCE = "source";
  private static final String ARCHITECTURES = "architectures";
  private static final Set<String> KEYS =
      JsonValue.keys("systemsSource", "installers", "image", "index", "notes", "packages");
  private static final Set<String> INSTALLERS = JsonValue.keys("pip", "cpython", SOURCE);
  private static final Set<String> IMAGE =
      JsonValue.keys(
          "base",
          "compiler",
          ARCHITECTURES,
          "supportEnded",
          "distributionEnd",
          "firstSystems",
          SOURCE);
  private static final Set<String> INDEX = JsonValue.keys(ARCHITECTURES, SOURCE);
  private static final Set<String> NOTE = JsonValue.keys("text", SOURCE);
  private static final Set<String> PACKAGES = JsonValue.keys("debian", "rpm", SOURCE);

  private MeaningReader() {}

  /**
   * Reads the object.
   *
   * @throws PolicyFormatException if it breaks the format, or a fact has no source
   */
  static PolicyMeaning read(JsonValue meaning) throws PolicyFormatException {
    meaning.allowingKeys(KEYS);
    return new PolicyMeaning(
        meaning.textOf("systemsSource"),
        installers(meaning),
        image(meaning),
        index(meaning),
        notes(meaning),
        packages(meaning));
  }

  private static String source(JsonValue fact) throws PolicyFormatException {
    String source = fact.textOf(SOURCE);
    if (source.isEmpty()) {
      throw fact.wrong("the key \"source\" is missing: a fact needs one");
    }
    return source;
  }

  private static Optional<PolicyMeaning.Installers> installers(JsonValue meaning)
      throws PolicyFormatException {
    Optional<JsonValue> found = meaning.find("installers");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonValue fact = found.get().allowingKeys(INSTALLERS);
    return Optional.of(
        new PolicyMeaning.Installers(fact.textOf("pip"), fact.textsOf("cpython"), source(fact)));
  }

  private static Optional<PolicyMeaning.BuildImage> image(JsonValue meaning)
      throws PolicyFormatException {
    Optional<JsonValue> found = meaning.find("image");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonValue fact = found.get().allowingKeys(IMAGE);
    return Optional.of(
        new PolicyMeaning.BuildImage(
            fact.textOf("base"),
            fact.textOf("compiler"),
            architectures(fact),
            fact.textOf("supportEnded"),
            fact.textOf("distributionEnd"),
            fact.textsOf("firstSystems"),
            source(fact)));
  }

  private static Optional<PolicyMeaning.IndexArchitectures> index(JsonValue meaning)
      throws PolicyFormatException {
    Optional<JsonValue> found = meaning.find("index");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonValue fact = found.get().allowingKeys(INDEX);
    return Optional.of(new PolicyMeaning.IndexArchitectures(architectures(fact), source(fact)));
  }

  private static List<Architecture> architectures(JsonValue fact) throws PolicyFormatException {
    List<Architecture> architectures = new ArrayList<>();
    for (JsonValue name : items(fact, ARCHITECTURES)) {
      architectures.add(ArchitectureKey.architecture(name));
    }
    return architectures;
  }

  private static List<JsonValue> items(JsonValue object, String key) throws PolicyFormatException {
    Optional<JsonValue> list = object.find(key);
    return list.isPresent() ? list.get().items() : List.of();
  }

  private static List<PolicyMeaning.Note> notes(JsonValue meaning) throws PolicyFormatException {
    List<PolicyMeaning.Note> notes = new ArrayList<>();
    for (JsonValue note : items(meaning, "notes")) {
      note.allowingKeys(NOTE);
      notes.add(new PolicyMeaning.Note(note.textOf("text"), source(note)));
    }
    return notes;
  }

  private static List<PolicyMeaning.PackageTable> packages(JsonValue meaning)
      throws PolicyFormatException {
    List<PolicyMeaning.PackageTable> tables = new ArrayList<>();
    for (JsonValue table : items(meaning, "packages")) {
      table.allowingKeys(PACKAGES);
      tables.add(
          new PolicyMeaning.PackageTable(
              libraries(table, "debian"), libraries(table, "rpm"), source(table)));
    }
    return tables;
  }

  private static Map<String, List<String>> libraries(JsonValue table, String key)
      throws PolicyFormatException {
    Map<String, List<String>> libraries = new LinkedHashMap<>();
    for (JsonValue.Member member : table.membersOf(key)) {
      libraries.put(member.key().text(), List.copyOf(member.value().texts()));
    }
    return Collections.unmodifiableMap(libraries);
  }
}
