// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.jwheel.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairJsonTest {
  private static final Path WHEELS = Path.of("testdata", "wheels");
  private static final String EXAMPLE =
      WHEELS.resolve("example-1.0-cp38-abi3-linux_x86_64.whl").toString();
  private static final String PURE = WHEELS.resolve("pure-1.0-py3-none-any.whl").toString();
  private static final String RESULT =
      "example-1.0-cp38-abi3-manylinux2014_x86_64.manylinux_2_17_x86_64.whl";

  @TempDir Path directory;

  private CommandRun repair(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "repair",
                "--json",
                "--sysroot",
                "testdata/trees/example",
                "--ldpaths",
                "/",
                "-w",
                output()));
    all.addAll(List.of(arguments));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private String output() {
    return directory.resolve("out").toString();
  }

  /** The only thing on standard output, checked against the schema. */
  private static JsonNode json(String text) throws IOException {
    JsonNode json = new ObjectMapper().readTree(text);
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs", "repair.schema.json")));
    assertThat(schema.validate(json)).isEmpty();
    return json;
  }

  @Test
  void aDryRunIsThePlanAndWritesNothing() throws IOException {
    CommandRun run = repair("--dry-run", EXAMPLE);
    JsonNode plan = json(run.out());

    assertThat(run.status()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(Path.of(output())).doesNotExist();
    assertThat(plan.get("output").isNull()).isTrue();
    assertThat(plan.get("result").asText()).isEqualTo(RESULT);
    assertThat(plan.get("tags_before")).hasToString("[\"cp38-abi3-linux_x86_64\"]");
    assertThat(plan.get("tags"))
        .hasToString("[\"cp38-abi3-manylinux2014_x86_64\",\"cp38-abi3-manylinux_2_17_x86_64\"]");
  }

  @Test
  void aGraftIsNamedByWhereItComesFromAndWhatItBecomes() throws IOException {
    JsonNode plan = json(repair("--dry-run", EXAMPLE).out());
    JsonNode graft = plan.get("grafts").get(0);
    String name = "libfoo-" + graft.get("sha256").asText().substring(0, 8) + ".so.1";

    assertThat(graft.get("source").asText()).isEqualTo("/libfoo.so.1");
    assertThat(graft.get("member").asText()).isEqualTo("example.libs/" + name);
    assertThat(graft.get("soname").asText()).isEqualTo(name);
    assertThat(graft.get("needed_as")).hasToString("[\"libfoo.so.1\"]");
    JsonNode edit = plan.get("edits").get(0);
    assertThat(edit.get("member").asText()).isEqualTo("example/example.abi3.so");
    assertThat(edit.get("replaced_needed").get("libfoo.so.1").asText()).isEqualTo(name);
    assertThat(edit.get("rpath").asText()).isEqualTo("$ORIGIN/../example.libs");
  }

  @Test
  void whatWasDoneIsThePlanWithThePathOfTheResult() throws IOException {
    JsonNode plan = json(repair("--dry-run", EXAMPLE).out());
    CommandRun run = repair(EXAMPLE);
    JsonNode done = json(run.out());

    assertThat(run.err()).isEmpty();
    assertThat(Path.of(done.get("output").asText())).exists().hasFileName(RESULT);
    assertThat(done.get("grafts")).isEqualTo(plan.get("grafts"));
    assertThat(done.get("edits")).isEqualTo(plan.get("edits"));
  }

  @Test
  void aRefusalHasItsReasonsAndNothingIsWritten() throws IOException {
    CommandRun run = repair("--plat", "manylinux2010", EXAMPLE);
    JsonNode refusal = json(run.out());

    assertThat(run.status()).isEqualTo(1);
    assertThat(refusal.get("error").asText()).isEqualTo("cannot be repaired");
    assertThat(refusal.get("target").asText()).isEqualTo("manylinux_2_12_x86_64");
    assertThat(refusal.get("notes").toString()).contains("manylinux_2_17_x86_64");
    assertThat(refusal.get("reasons").toString())
        .contains("example/example.abi3.so")
        .contains("GLIBC_2.14");
    JsonNode culprit = refusal.get("culprits").get(0);
    assertThat(culprit.get("code").asText()).isEqualTo("newer-version");
    assertThat(culprit.get("file").asText()).isEqualTo("example/example.abi3.so");
    assertThat(culprit.get("library").asText()).isEqualTo("libc.so.6");
    assertThat(culprit.get("version").asText()).isEqualTo("GLIBC_2.14");
    assertThat(culprit.get("symbols").get(0).asText()).isEqualTo("memcpy");
    assertThat(culprit.get("first_tag").asText()).isEqualTo("manylinux_2_17_x86_64");
    assertThat(culprit.get("grafted").asBoolean()).isFalse();
    assertThat(Path.of(output())).doesNotExist();
  }

  @Test
  void aFileThatIsNoWheelIsAnErrorWithoutReasons() throws IOException {
    Path file = Files.writeString(directory.resolve("x-1-py3-none-any.whl"), "not a zip");
    CommandRun run = repair(file.toString());

    assertThat(run.status()).isEqualTo(2);
    assertThat(json(run.out()).get("error").asText()).contains("x-1-py3-none-any.whl");
    assertThat(json(run.out()).get("reasons")).isEmpty();
  }

  @Test
  void aPureWheelIsRefusedOrCopied() throws IOException {
    assertThat(json(repair(PURE).out()).get("reasons").toString()).contains("platform wheel");
    JsonNode copied = json(repair("--allow-pure-python-wheel", PURE).out());
    assertThat(copied.get("pure").asBoolean()).isTrue();
    assertThat(Path.of(copied.get("output").asText())).hasSameBinaryContentAs(Path.of(PURE));
  }

  @Test
  void severalWheelsAreOneObjectALine() throws IOException {
    CommandRun run = repair("--dry-run", EXAMPLE, PURE);
    try (Stream<String> lines = run.out().lines()) {
      assertThat(lines).hasSize(2);
    }
    assertThat(run.status()).isEqualTo(1);
  }
}
