// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.patch.ElfEdits;
import org.junit.jupiter.api.Test;

/** DT_FILTER and DT_AUXILIARY name libraries as DT_NEEDED does, but are asked for apart. */
class FilterEditTest {

  @Test
  void aFilteredAndAnAuxiliaryLibraryGetTheirNewNames() {
    EditedElf elf =
        EditedElf.of(
            "x86_64/filter.so",
            ElfEdits.builder()
                .replaceFilter("libfiltered.so.1", "libfiltered-0a1b2c3d.so.1")
                .replaceFilter("libauxiliary.so.1", "libauxiliary-0a1b2c3d.so.1"));
    assertThat(elf.facts().filters()).containsExactly("libfiltered-0a1b2c3d.so.1");
    assertThat(elf.facts().auxiliaries()).containsExactly("libauxiliary-0a1b2c3d.so.1");
    assertThat(elf.facts().needed()).isEqualTo(elf.factsBefore().needed());
  }

  @Test
  void aReplacementOfANeedLeavesThemAsTheyAre() {
    EditedElf elf =
        EditedElf.of(
            "x86_64/filter.so", ElfEdits.builder().replaceNeeded("libfiltered.so.1", "libnew.so"));
    assertThat(elf.patch().isEmpty()).isTrue();
  }
}
