package dev.jwheel.elf;

import java.util.List;
import java.util.Optional;

/**
 * The ELF header and the program header table.
 *
 * @param identity the machine the file is for
 * @param type the object file type
 * @param segments the program header table in file order
 */
record ElfHeader(ElfIdentity identity, ElfType type, List<ProgramHeader> segments) {

  /** The first segment of a type that has content in the file. */
  Optional<ProgramHeader> segment(int type) {
    for (ProgramHeader segment : segments) {
      if (segment.type() == type && segment.fileSize() != 0) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }
}
