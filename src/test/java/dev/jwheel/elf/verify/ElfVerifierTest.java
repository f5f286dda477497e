// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.io.ByteSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ElfVerifierTest {

  static List<String> fixtures() {
    return ElfFixtures.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void aFileThatNobodyEditedIsAccepted(String name) {
    ByteSource file = ByteSource.of(ElfFixtures.content(name));
    assertThatCode(
            () -> new ElfVerifier().verify(name, file, file, ElfEdits.NONE, DeclaredChanges.NONE))
        .doesNotThrowAnyException();
  }
}
