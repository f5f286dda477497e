// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StackTraceTest {

  @Test
  void aCauseAndWhatWasSuppressedAreTold() {
    IOException problem = new IOException("outer", new IllegalStateException("in\u001bner"));
    problem.addSuppressed(new IOException("while closing"));
    List<String> lines = StackTrace.of(problem);
    assertThat(lines.get(0)).isEqualTo("java.io.IOException: outer");
    assertThat(lines.get(1)).startsWith("\tat dev.jwheel.cli.terminal.StackTraceTest.");
    assertThat(lines)
        .contains(
            "\tSuppressed: java.io.IOException: while closing",
            "Caused by: java.lang.IllegalStateException: in\\u001bner");
  }

  @Test
  void problemsThatCauseEachOtherAreToldOnce() {
    IOException first = new IOException("first");
    IOException second = new IOException("second", first);
    first.initCause(second);
    assertThat(StackTrace.of(first))
        .filteredOn(line -> line.endsWith("first"))
        .hasSize(2)
        .last()
        .isEqualTo("Caused by: java.io.IOException: first");
  }
}
