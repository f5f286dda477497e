// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.io.ByteSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The reader sees what a loader sees, and nothing that only headers for other readers say. That the
 * loaders see it is what {@link LoaderViewIT} shows.
 */
class LoaderViewTest {
  private static final Path ATTACKS = Path.of("testdata", "attacks");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "control.so",
        "dynamic-by-address.so",
        "behind-p-filesz.so",
        "later-segment.so",
        "later-page.so"
      })
  void aNeedThatTheLoaderFindsIsFound(String name) throws Exception {
    assertThat(ElfReader.read(open(name)).needed()).containsExactly("libabsent.so.9");
  }

  @Test
  void aFileWithTwoDynamicSectionsIsRefused() throws Exception {
    assertThatThrownBy(() -> ElfReader.read(open("two-dynamic.so")))
        .isInstanceOf(ElfFormatException.class)
        .hasMessageContaining("two PT_DYNAMIC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"property-only.so", "note-by-address.so"})
  void theLevelIsReadWhereverItIsStated(String name) throws Exception {
    assertThat(ElfReader.read(open(name)).isaLevel()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamic-by-address.so",
        "two-dynamic.so",
        "behind-p-filesz.so",
        "later-segment.so",
        "later-page.so"
      })
  void theEditorRefusesAFileThatDisagreesWithItself(String name) throws Exception {
    ElfEdits edits = ElfEdits.builder().soname("libother.so.1").build();
    assertThatThrownBy(() -> ElfEditor.edit(open(name), edits))
        .isInstanceOf(ElfFormatException.class);
  }

  private static ElfBytes open(String name) throws Exception {
    return ElfBytes.of(name, ByteSource.of(ATTACKS.resolve(name)));
  }
}
