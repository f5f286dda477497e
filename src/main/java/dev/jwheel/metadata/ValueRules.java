// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.Header;
import dev.jwheel.wheel.ProjectName;
import dev.jwheel.wheel.PythonText;
import dev.jwheel.wheel.PythonVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules about the form of values, the last column of {@code fields.tsv}. */
final class ValueRules {
  private static final int MAX_LABEL = 32;
  private static final Set<String> NEVER_DYNAMIC = Set.of("metadata-version", "name", "version");

  private final CoreMetadata metadata;
  private final FindingList findings;
  private final List<Requirement> requirements = new ArrayList<>();
  private final Set<String> labels = new HashSet<>();

  ValueRules(CoreMetadata metadata, FindingList findings) {
    this.metadata = metadata;
    this.findings = findings;
  }

  void check() {
    requireValue("Name");
    requireValue("Version");
    for (Header header : metadata.headers()) {
      Optional<Field> field = metadata.fields().find(header.name());
      if (field.isPresent()) {
        check(field.get().name(), header.value());
      }
    }
    checkImportNames();
  }

  /** The requirements of {@code Requires-Dist} that could be read. */
  List<Requirement> requirements() {
    return requirements;
  }

  private void requireValue(String name) {
    if (metadata.first(name).orElse("").isEmpty()) {
      add(name, "is missing");
    }
  }

  private void add(String field, String message) {
    findings.add(MetadataRule.METADATA_VALUE, field, message);
  }

  private void check(String name, String value) {
    switch (name) {
      case "Name" -> {
        if (!value.isEmpty() && !ProjectName.isValid(value)) {
          add(name, "is not a name of letters, digits, -, _ and .: " + Excerpt.of(value));
        }
      }
      case "Version" -> {
        if (!value.isEmpty() && PythonVersion.parse(value).isEmpty()) {
          add(name, "is not a version of PEP 440: " + Excerpt.of(value));
        }
      }
      case "Dynamic" -> checkDynamic(value);
      case "Summary" -> {
        if (PythonText.hasLineEnd(value)) {
          add(name, "has more than one line");
        }
      }
      case "Description-Content-Type" ->
          ContentType.problem(value)
              .ifPresent(problem -> add(name, problem + ": " + Excerpt.of(value)));
      case "Requires-Dist" -> checkRequirement(name, value);
      case "Provides-Dist", "Obsoletes-Dist" -> parse(name, value, () -> Requirement.parse(value));
      case "Requires-Python" -> parse(name, value, () -> SpecifierSet.parse(value));
      case "Requires-External" -> checkExternal(value);
      case "Project-URL" -> checkProjectUrl(value);
      case "License-File" ->
          LicensePath.problem(value)
              .ifPresent(problem -> add(name, problem + ": " + Excerpt.of(value)));
      case "Import-Name", "Import-Namespace" -> checkImportName(name, value);
      default -> {}
    }
  }

  /** Reads a value of some grammar. */
  private interface Reading {
    void read() throws MetadataSyntaxException;
  }

  private void parse(String name, String value, Reading reading) {
    try {
      reading.read();
    } catch (MetadataSyntaxException e) {
      add(name, "cannot be read: " + Excerpt.of(value) + " (" + e.getMessage() + ")");
    }
  }

  private void checkRequirement(String name, String value) {
    parse(
        name,
        value,
        () -> {
          Requirement requirement = Requirement.parse(value);
          requirements.add(requirement);
          if (requirement.parenthesised()) {
            findings.add(
                MetadataRule.REQUIRES_DIST_PARENTHESES,
                name,
                "has its versions in parentheses: " + Excerpt.of(value));
          }
        });
  }

  private void checkExternal(String value) {
    int semicolon = value.indexOf(';');
    if (semicolon >= 0) {
      parse("Requires-External", value, () -> Marker.parse(value.substring(semicolon + 1)));
    }
  }

  private void checkDynamic(String value) {
    String field = value.toLowerCase(Locale.ROOT);
    if (NEVER_DYNAMIC.contains(field)) {
      add("Dynamic", "names " + Excerpt.of(value) + ", which is never dynamic");
    } else if (metadata.fields().find(field).isEmpty()) {
      add("Dynamic", "names an unknown field: " + Excerpt.of(value));
    }
  }

  private void checkProjectUrl(String value) {
    int comma = value.indexOf(',');
    String label = (comma < 0 ? value : value.substring(0, comma)).strip();
    if (comma < 0) {
      add("Project-URL", "is not a label, a comma and a URL: " + Excerpt.of(value));
    } else if (label.isEmpty() || label.codePointCount(0, label.length()) > MAX_LABEL) {
      add(
          "Project-URL",
          "has a label of 0 or more than " + MAX_LABEL + " characters: " + Excerpt.of(value));
    }
    if (!labels.add(label)) {
      add("Project-URL", "has a label for the second time: " + Excerpt.of(label));
    }
  }

  private void checkImportName(String name, String value) {
    boolean none = name.equals("Import-Name") && value.isEmpty() && metadata.all(name).size() == 1;
    if (!none) {
      ImportNames.problem(value)
          .ifPresent(problem -> add(name, problem + ": " + Excerpt.of(value)));
    }
  }

  private void checkImportNames() {
    Set<String> names = new HashSet<>();
    for (String value : metadata.all("Import-Name")) {
      names.add(ImportNames.name(value));
    }
    for (String value : metadata.all("Import-Namespace")) {
      String name = ImportNames.name(value);
      if (names.contains(name)) {
        String message = "names " + Excerpt.of(name) + ", which is an Import-Name too";
        findings.add(MetadataRule.IMPORT_NAME, "Import-Namespace", message);
      }
    }
  }
}
