// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an edit takes away is nowhere in the file any more, and what takes nothing is never refused.
 */
class DeadCopyTest {
  private static final String LONG = "$ORIGIN/" + "x".repeat(5000);

  @ParameterizedTest
  @ValueSource(strings = {"gold.so", "lld.so", "mold.so", "no-separate-code.so", "normal.so"})
  void theOldPathIsGoneFromTheStringTableThatStaysBehind(String name) {
    EditedElf elf =
        EditedElf.of(
            "x86_64/" + name, ElfEdits.builder().rpath(new RpathEdit.SetTo(LONG, RpathKind.RPATH)));
    assertThat(elf.contains(LONG)).isTrue();
    assertThat(elf.contains("$ORIGIN/../normal.libs")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"static", "static-pie"})
  void aStaticProgramAcceptsAnEditThatChangesNothing(String name) {
    EditedElf elf =
        EditedElf.of(
            "x86_64/" + name,
            ElfEdits.builder()
                .rpath(new RpathEdit.Remove())
                .removeNeeded("libc.so.6")
                .replaceNeeded("libm.so.6", "libother.so"));
    assertThat(elf.patch().isEmpty()).isTrue();
  }
}
