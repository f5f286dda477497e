// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.io.ByteSource;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The edit of one file as a repair does it: a new SONAME, every NEEDED but the loader renamed, and
 * a DT_RPATH.
 *
 * @param before the facts of the file before the edit
 * @param wanted the rest of the edit
 */
record RepairEdit(ElfBinary before, Wanted wanted) {
  static RepairEdit of(Path file, Wanted wanted) throws Exception {
    return new RepairEdit(ElfReader.read(bytes(file, ByteSource.of(file))), wanted);
  }

  /** The SONAME after the edit. */
  Optional<String> soname() {
    return before.soname().map(RepairEdit::renamed);
  }

  /** The name after the edit of what was needed by a name before it. */
  static String renamed(String name) {
    boolean loader = name.startsWith("ld-linux") || name.startsWith("ld64.");
    return loader ? name : name.replaceFirst("\\.", "-deadbeef.");
  }

  /** Writes an edited copy, with the permissions of the original. */
  ElfPatch write(Path original, Path copy) throws Exception {
    ByteSource source = ByteSource.of(original);
    ElfPatch patch = ElfEditor.edit(bytes(original, source), edits());
    Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      patch.applyTo(source, channel);
    }
    return patch;
  }

  private ElfEdits edits() {
    ElfEdits.Builder edits = wanted.edits();
    soname().ifPresent(edits::soname);
    before.needed().forEach(name -> edits.replaceNeeded(name, renamed(name)));
    return edits.build();
  }

  private static ElfBytes bytes(Path file, ByteSource source) throws Exception {
    return ElfBytes.of(file.toString(), source);
  }
}
