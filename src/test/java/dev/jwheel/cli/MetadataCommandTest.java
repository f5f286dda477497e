// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCommandTest {
  private static final String METADATA =
      "Metadata-Version: 2.1\nName: a\nVersion: 1\nKeywords: x,y\nRequires-Dist: b>=1\n"
          + "Requires-Dist: c\nLicense-File: L\nDescription-Content-Type: text/plain\n\nfirst\nlast\n";

  @TempDir private Path directory;

  private static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("metadata"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    return new CommandRun(run.status(), run.out().replace(System.lineSeparator(), "\n"), run.err());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private String wheel(String metadata) throws IOException {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("a.py", "");
    members.put("a-1.dist-info/METADATA", metadata);
    members.put(
        "a-1.dist-info/WHEEL",
        "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
    members.put("a-1.dist-info/entry_points.txt", "[console_scripts]\na = a:main\n# b = c\n");
    members.put("a-1.dist-info/RECORD", "a.py,sha256=x,0\na-1.dist-info/RECORD,,\n");
    return wheel(members);
  }

  private String wheel(Map<String, String> members) throws IOException {
    Path path = directory.resolve("a-1-py3-none-any.whl");
    try (OutputStream file = Files.newOutputStream(path);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      for (Map.Entry<String, String> member : members.entrySet()) {
        zip.putNextEntry(new ZipEntry(member.getKey()));
        zip.write(member.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return path.toString();
  }

  private String text(String metadata) throws IOException {
    return Files.writeString(directory.resolve("PKG-INFO"), metadata).toString();
  }

  @Test
  void theFieldsAreATable() throws IOException {
    CommandRun result = run(wheel(METADATA));
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            a-1-py3-none-any.whl
              Metadata-Version          2.1
              Name                      a
              Version                   1
              Keywords                  x,y
              Requires-Dist             b>=1
                                        c
              License-File              L
              Description-Content-Type  text/plain
              Description               2 lines (--field Description prints them)
            """);
  }

  @Test
  void aFieldIsPrintedWithEachValueOnALine() throws IOException {
    String wheel = wheel(METADATA);
    assertThat(run("--field", "Requires-Dist", wheel).out()).isEqualTo("b>=1\nc\n");
    assertThat(run("--field", "requires_dist", wheel).out()).isEqualTo("b>=1\nc\n");
    assertThat(run("--field", "Description", wheel).out()).isEqualTo("first\nlast\n");
    assertThat(run("--json", "--field", "keywords", wheel).out())
        .isEqualToIgnoringWhitespace("{\"keywords\": [\"x\", \"y\"]}");
    CommandRun missing = run("--field", "Summary", wheel);
    assertThat(missing.status()).isEqualTo(1);
    assertThat(missing.err()).contains("there is no field Summary");
  }

  @Test
  void jsonIsTheFormOfPep566() throws IOException {
    JsonNode node = json(run("--json", wheel(METADATA)).out());
    assertThat(node.path("metadata_version").asText()).isEqualTo("2.1");
    assertThat(node.path("requires_dist")).hasSize(2);
    assertThat(node.path("description").asText()).isEqualTo("first\nlast\n");
  }

  @Test
  void severalFilesAreOneObjectALine() throws IOException {
    CommandRun result = run("--json", wheel(METADATA), text("Name: b\n"), "/nonexistent.whl");
    assertThat(result.status()).isEqualTo(2);
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(json(lines.get(1)).path("name").asText()).isEqualTo("b");
    assertThat(json(lines.get(2)).path("error").asText()).contains("no such file");
  }

  @Test
  void wheelShowsTheFileWheel() throws IOException {
    JsonNode node = json(run("--wheel", "--json", wheel(METADATA)).out());
    assertThat(node.path("root_is_purelib").asBoolean()).isTrue();
    assertThat(node.path("tag").get(0).asText()).isEqualTo("py3-none-any");
    assertThat(run("--wheel", wheel(METADATA)).out()).contains("  Generator        x\n");
    CommandRun other = run("--wheel", text("Name: b\n"));
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains("is not a wheel");
  }

  @Test
  void allHasRecordEntryPointsAndTheFileName() throws IOException {
    JsonNode node = json(run("--all", wheel(METADATA)).out());
    assertThat(node.path("filename").path("python_tags").get(0).asText()).isEqualTo("py3");
    assertThat(node.path("metadata").path("name").asText()).isEqualTo("a");
    assertThat(node.path("wheel").path("generator").asText()).isEqualTo("x");
    assertThat(node.path("record").get(0).path("size").asInt(-1)).isZero();
    assertThat(node.path("record").get(1).path("hash").isNull()).isTrue();
    assertThat(node.path("entry_points").path("console_scripts").path("a").asText())
        .isEqualTo("a:main");
    assertThat(node.path("entry_points").path("console_scripts")).hasSize(1);
  }

  @Test
  void allFollowsItsSchema() throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs", "metadata.schema.json")));
    assertThat(schema.validate(json(run("--all", wheel(METADATA)).out()))).isEmpty();
    assertThat(schema.validate(json(run("--all", text("Name: b\n")).out()))).isEmpty();
    assertThat(schema.validate(json("{\"metadata\": {\"requires_dist\": \"a\"}}"))).isNotEmpty();
  }

  @Test
  void validateFindsErrorsAndExitsWithOne() throws IOException {
    CommandRun good = run("--validate", wheel(METADATA));
    assertThat(good.status()).isZero();
    assertThat(good.out()).contains("note").contains("metadata-field-version");
    CommandRun bad = run("--validate", text("Name: -\n"), wheel(METADATA));
    assertThat(bad.status()).isEqualTo(1);
    JsonNode findings = json(run("--validate", "--json", text("Name: -\n")).out());
    assertThat(findings.path("file").asText()).isEqualTo("PKG-INFO");
    assertThat(findings.path("findings").findValuesAsText("rule"))
        .contains("metadata-version", "metadata-value");
  }

  @Test
  void onlyAnIndexRefusesALocalVersion() throws IOException {
    CommandRun result = run("--validate", text(METADATA.replace("Version: 1", "Version: 1+x")));
    assertThat(result.status()).isZero();
    assertThat(result.out()).contains("warning  index-local-version");
  }

  @Test
  void aLicenseFileThatTheWheelLacksIsFound() throws IOException {
    CommandRun result = run("--validate", wheel(METADATA.replace("2.1", "2.4")));
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).contains("License-File is not in the wheel: licenses/L");
  }

  @Test
  void onlyOneKindOfOutputCanBeAskedFor() {
    CommandRun result = run("--all", "--validate", "x.whl");
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err()).contains("--all and --validate exclude each other");
  }

  @Test
  void aWheelWithoutOrWithTwoMetadataCannotBeRead() throws IOException {
    String wheel = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n";
    Map<String, String> members = new LinkedHashMap<>();
    members.put("a-1.dist-info/WHEEL", wheel);
    CommandRun none = run(wheel(members));
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("a-1.dist-info/METADATA: is missing");

    members.put("a-1.dist-info/METADATA", METADATA);
    members.put("a-1.dist-info/METADATX", METADATA);
    Path path = Path.of(wheel(members));
    String bytes = Files.readString(path, StandardCharsets.ISO_8859_1);
    Files.writeString(path, bytes.replace("METADATX", "METADATA"), StandardCharsets.ISO_8859_1);
    CommandRun two = run(path.toString());
    assertThat(two.status()).isEqualTo(2);
    assertThat(two.err()).contains("METADATA").doesNotContain("Exception");
  }

  @Test
  void controlSequencesAreWrittenOut() throws IOException {
    String file = text("Name: a\u001b[31m\nSummary: \u001b]0;x\u0007\n\n\u001b[2Jbody\n");
    for (String[] options :
        new String[][] {
          {}, {"-v"}, {"--field", "Summary"}, {"--field", "Description"}, {"--validate"}, {"--json"}
        }) {
      List<String> arguments = new ArrayList<>(List.of(options));
      arguments.add(file);
      assertThat(run(arguments.toArray(String[]::new)).out()).doesNotContain("\u001b", "\u0007");
    }
  }

  @Test
  void aDescriptionOfFiftyMegabytesIsPrinted() throws IOException {
    String file = text("Name: a\n\n" + "x".repeat(50 << 20));
    assertThat(run("--json", file).out()).hasSizeGreaterThan(50 << 20);
    assertThat(run(file).out()).hasSizeLessThan(200);
  }
}
