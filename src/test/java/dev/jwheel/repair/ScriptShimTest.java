// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptShimTest {
  /** Prints the names that a script has, in hexadecimal, and what stands beside them. */
  private static final String READER =
      """
      import ast, sys
      body = ast.parse(open(sys.argv[1], "rb").read()).body
      for node in body:
          if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
              print(node.targets[0].id, node.value.value.encode("utf-8").hex())
          else:
              print(type(node).__name__)
      """;

  @TempDir private Path directory;

  private static String script(String distribution, String program) {
    return new String(ScriptShim.content(distribution, program), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x\"+str(__import__(\"os\").system(\"echo out\"))+\"",
        "x\\",
        "x\\\"",
        "x'\"\"\"",
        "x\nimport os",
        "x\rimport os",
        "x\fimport os",
        "x\u0085\u2028\u2029",
        "x\u001c\u001d\u001e\u000b\0",
        "\ud83d\ude00\u00e9\u202e",
        "{x}%s%PROGRAM%%DISTRIBUTION%\\N{BULLET}\\u0022"
      })
  void noNameOfADistributionOrProgramChangesTheScript(String name) throws Exception {
    String script = script(name, "p/" + name);

    assertThat(script.lines()).hasSameSizeAs(script("x", "x").lines().toList());
    assertThat(script).matches("[ -~\\n]*");
    assertThat(asPythonReads(script))
        .containsExactly(
            "Import",
            "Import",
            "Import",
            "DISTRIBUTION " + hex(name),
            "PROGRAM " + hex("p/" + name),
            "FunctionDef",
            "Assign",
            "For",
            "Expr");
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> asPythonReads(String script) throws Exception {
    Path file = Files.writeString(directory.resolve("script"), script);
    Process python;
    try {
      python = new ProcessBuilder("python3", "-c", READER, file.toString()).start();
    } catch (IOException e) {
      assumeTrue(false, "python3 is not installed");
      throw e;
    }
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).isZero();
    return output.lines().toList();
  }

  @Test
  void theScriptStartsTheProgramOfItsDistribution() {
    assertThat(script("x", "x.scripts/tool").lines())
        .contains("DISTRIBUTION = \"x\"", "PROGRAM = \"x.scripts/tool\"")
        .startsWith("#!python");
  }
}
