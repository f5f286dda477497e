// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StableAbiTest {
  private final StableAbi abi = StableAbi.builtIn();

  @ParameterizedTest
  @CsvSource({
    "PyArg_Parse, 3.2",
    "PyErr_FormatV, 3.5",
    "PyModuleDef_Init, 3.5",
    "PyCMethod_New, 3.9",
    "PyBuffer_IsContiguous, 3.11",
    "Py_SIZE, 3.15"
  })
  void aSymbolIsStableSinceAVersion(String name, String since) {
    assertThat(abi.symbol(name)).map(StableSymbol::since).contains(since);
  }

  @Test
  void everySymbolOfCpythonIsThere() {
    assertThat(abi.size()).isEqualTo(968);
  }

  @Test
  void aPrivateSymbolIsNotStable() {
    assertThat(abi.symbol("_PyLong_AsByteArray")).isEmpty();
    assertThat(abi.symbol("PyUnicode_AsUTF8")).isEmpty();
  }

  @Test
  void versionsAreComparedAsNumbers() {
    StableSymbol symbol = abi.symbol("PyCMethod_New").orElseThrow();

    assertThat(symbol.isIn("3.8")).isFalse();
    assertThat(symbol.isIn("3.9")).isTrue();
    assertThat(symbol.isIn("3.10")).isTrue();
  }

  @Test
  void theNewestSymbolDecides() {
    List<String> names =
        List.of("PyBuffer_Release", "PyCMethod_New", "malloc", "PyBuffer_FillInfo");

    assertThat(abi.newest(names)).map(StableSymbol::name).contains("PyBuffer_FillInfo");
    assertThat(abi.newest(List.of("malloc"))).isEmpty();
  }

  @Test
  void someSymbolsDependOnTheBuild() {
    assertThat(condition("PyErr_SetFromWindowsErr").isMetOnLinux()).isFalse();
    assertThat(condition("PyOS_AfterFork_Child").isMetOnLinux()).isTrue();
    assertThat(condition("_Py_RefTotal").isForDebugging()).isTrue();
    assertThat(abi.symbol("PyArg_Parse").orElseThrow().condition()).isEmpty();
  }

  private BuildCondition condition(String name) {
    return abi.symbol(name).orElseThrow().condition().orElseThrow();
  }

  /** PEP 803: a PyModuleDef is opaque there. */
  @Test
  void abi3tLacksTheFunctionsOfAModuleDefinition() {
    assertThat(abi.isInAbi3t("PyModule_FromSlotsAndSpec")).isTrue();
    assertThat(abi.isInAbi3t("PyModuleDef_Init")).isFalse();
    assertThat(abi.isInAbi3t("_PyLong_AsByteArray")).isFalse();
    assertThat(abi.opaqueInAbi3t()).contains("PyObject", "PyModuleDef");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"since\": {\"3.2\": [\"A\", \"A\"]}} | 1:25: the symbol \"A\" stands here for the second",
        "{\"since\": {\"3.x\": []}} | 1:12: expected numbers joined by dots",
        "{\"conditions\": {\"X\": [\"A\"]}} | 1:17: unknown condition \"X\"",
        "{\"conditions\": {\"HAVE_FORK\": [\"A\"]}} | 1:1: no version has A"
      })
  void aFileThatIsWrongNamesThePlace(String content, String problem) throws IOException {
    JsonValue file = JsonValue.read("f", content.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> StableAbi.read(file)).hasMessageStartingWith("f:" + problem);
  }
}
