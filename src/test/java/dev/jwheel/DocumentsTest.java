// SPDX-License-Identifier: Apache-2.0
package dev.jwheel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name files, sections and rooms that exist. */
final class DocumentsTest {
  private static final Path DOCS = Path.of("docs");
  private static final Path CONTRIBUTING = Path.of("CONTRIBUTING.md");
  private static final int MOST_LINES_OF_README = 150;

  /** The target of a link in Markdown that is not an address. */
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)\\s]+)\\)");

  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

  /** The start of a path, as CONTRIBUTING.md abbreviates it. */
  private static final Pattern PATH = Pattern.compile("(MAIN|TEST|src|docs|policies|testdata)/.*");

  private static final Pattern ROOM =
      Pattern.compile("(?m)^\\| `([a-z.]+)` \\| [^|]+ \\|([^|]*)\\|");

  @Test
  void everyLinkLeadsToAFileAndASectionThatExist() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path document : documents()) {
      for (String link : matches(LINK, withoutCode(Files.readString(document)))) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? document : document.resolveSibling(parts[0]).normalize();
        if (!Files.exists(target) || parts.length == 2 && !sections(target).contains(parts[1])) {
          broken.add(document + ": " + link);
        }
      }
    }
    assertThat(broken).as("links that lead nowhere").isEmpty();
  }

  @Test
  void everyDocumentIsInTheIndex() throws IOException {
    List<String> index = matches(LINK, Files.readString(DOCS.resolve("README.md")));
    try (Stream<Path> files = Files.list(DOCS)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.equals("README.md"))
              .toList();
      assertThat(index).as("links of docs/README.md").containsAll(names);
    }
  }

  @Test
  void everyFileThatARecipeNamesExists() throws IOException {
    List<String> missing =
        matches(CODE, Files.readString(CONTRIBUTING)).stream()
            .filter(code -> PATH.matcher(code).matches())
            .filter(code -> !Files.exists(Path.of(expanded(code))))
            .toList();
    assertThat(missing).as("files that CONTRIBUTING.md names").isEmpty();
  }

  @Test
  void theTableOfRoomsIsThatOfTheArchitecture() throws IOException {
    TreeMap<String, String> documented = new TreeMap<>();
    ROOM.matcher(Files.readString(DOCS.resolve("architecture.md")))
        .results()
        .forEach(row -> documented.put(row.group(1), row.group(2).strip()));
    TreeMap<String, String> rooms = new TreeMap<>();
    ArchitectureTest.ROOMS.forEach((name, uses) -> rooms.put(name, String.join(", ", uses)));
    assertThat(documented).as("rooms in docs/architecture.md").isEqualTo(rooms);
  }

  @Test
  void theReadmeIsShortEnoughToBeRead() throws IOException {
    assertThat(Files.readAllLines(Path.of("README.md")))
        .hasSizeLessThanOrEqualTo(MOST_LINES_OF_README);
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents =
        new ArrayList<>(
            List.of(
                Path.of("README.md"),
                CONTRIBUTING,
                Path.of("CHANGELOG.md"),
                Path.of("SECURITY.md")));
    try (Stream<Path> files = Files.list(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  private static String expanded(String path) {
    return path.replaceFirst("^MAIN/", "src/main/java/dev/jwheel/")
        .replaceFirst("^TEST/", "src/test/java/dev/jwheel/");
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static String withoutCode(String text) {
    return CODE.matcher(text).replaceAll("");
  }

  /** Returns the names that a reader of Markdown on the web gives to the headings of a file. */
  private static Set<String> sections(Path file) throws IOException {
    return Pattern.compile("(?m)^#+ (.*)$")
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult heading) -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
