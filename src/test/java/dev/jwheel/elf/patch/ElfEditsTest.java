// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ElfEditsTest {

  @Test
  void nothingWantedIsEmpty() {
    assertThat(ElfEdits.builder().build().isEmpty()).isTrue();
    assertThat(ElfEdits.builder().strip().build().isEmpty()).isFalse();
    assertThat(ElfEdits.builder().strip().build().withoutStrip().isEmpty()).isTrue();
  }

  @Test
  void editsKeepTheirOrder() {
    ElfEdits edits =
        ElfEdits.builder()
            .replaceNeeded("libz.so.1", "libz-1.so.1")
            .replaceNeeded("liba.so.1", "liba-1.so.1")
            .addNeeded("libshim.so")
            .addNeeded("libearly.so")
            .addNeeded("libshim.so")
            .build();

    assertThat(edits.replacedNeeded()).containsOnlyKeys("libz.so.1", "liba.so.1");
    assertThat(edits.replacedNeeded().keySet().iterator().next()).isEqualTo("libz.so.1");
    assertThat(edits.addedNeeded()).containsExactly("libshim.so", "libearly.so");
  }

  @Test
  void aNameHoldsNoNulAndIsNotEmpty() {
    assertThatIllegalArgumentException().isThrownBy(() -> ElfEdits.builder().soname("").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElfEdits.builder().soname("lib\0.so").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ElfEdits.builder().addNeeded("lib\u20ac.so").build());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RpathEdit.SetTo("/a\0b", RpathKind.RPATH));
  }

  @Test
  void aSearchPathMayBeEmpty() {
    assertThat(new RpathEdit.SetTo("", RpathKind.RUNPATH).path()).isEmpty();
  }

  @Test
  void anAddressOfAMovedTableIsItsNewOne() {
    DeclaredChanges changes =
        new DeclaredChanges(
            List.of(new DeclaredChanges.Move(0x400, 0x3000, 0x100)),
            Set.of(),
            Set.of(),
            List.of(),
            false,
            false);

    assertThat(changes.moved(0x3ff)).isEqualTo(0x3ff);
    assertThat(changes.moved(0x400)).isEqualTo(0x3000);
    assertThat(changes.moved(0x4ff)).isEqualTo(0x30ff);
    assertThat(changes.moved(0x500)).isEqualTo(0x500);
  }
}
