// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.platform.Architecture;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Whether a static program calls the vsyscall page of x86_64, at 0xffffffffff600000, as glibc
 * before 2.14 does for time(2) and gettimeofday(2). Kernels may leave the page out (PEP 571).
 */
public final class VsyscallUse {
  /** The bytes before the constant: 48 c7 and a register, or 48 or 49 and a register. */
  private static final int MOVE = 3;

  private VsyscallUse() {}

  /**
   * Whether the code of a file without interpreter has an address of the page, as a 32-bit constant
   * that is moved to a register or as a 64-bit one. Data that only looks like it does not count.
   *
   * @throws ElfFormatException if the file is not what its own headers say
   */
  public static boolean isIn(ElfBytes bytes) throws ElfFormatException {
    ElfImage image = ElfImage.asLoaded(bytes);
    Optional<Architecture> architecture = ElfIdentity.of(image).architecture();
    boolean x86 = architecture.filter(a -> a.baseline() == Architecture.X86_64).isPresent();
    if (!x86 || image.find(ProgramHeader.PT_INTERP).isPresent() || !isProgram(image)) {
      return false;
    }
    for (ProgramHeader segment : image.loads()) {
      if (segment.hasFlag(ProgramHeader.PF_X)
          && hasAddress(bytes.slice(segment.offset(), segment.fileSize()))) {
        return true;
      }
    }
    return false;
  }

  /** Of shared objects only static programs that can lie anywhere: they say so. */
  private static boolean isProgram(ElfImage image) throws ElfFormatException {
    if (image.header().isExecutable()) {
      return true;
    }
    Optional<DynamicSection> dynamic = DynamicSection.read(image);
    return dynamic.isPresent()
        && (dynamic.get().number(DynamicTags.DT_FLAGS_1) & DynamicTags.DF_1_PIE) != 0;
  }

  /** The constants end with 60 ff, after one of 00, 04 and 08 and a 00 before that. */
  private static boolean hasAddress(ByteBuffer code) {
    for (int i = MOVE; i + 4 <= code.limit(); i++) {
      if (code.get(i + 3) != (byte) 0xff || code.get(i + 2) != 0x60 || code.get(i) != 0) {
        continue;
      }
      int which = code.get(i + 1);
      boolean moved =
          code.get(i - MOVE) == 0x48
              && code.get(i - 2) == (byte) 0xc7
              && (code.get(i - 1) & 0xf8) == 0xc0;
      boolean wide =
          i + 8 <= code.limit()
              && code.getInt(i + 4) == -1
              && (code.get(i - 2) & 0xfe) == 0x48
              && (code.get(i - 1) & 0xf8) == 0xb8;
      if ((which == 0 || which == 4 || which == 8) && (moved || wide)) {
        return true;
      }
    }
    return false;
  }
}
