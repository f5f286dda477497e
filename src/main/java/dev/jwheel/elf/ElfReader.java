package dev.jwheel.elf;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the facts of an ELF file.
 *
 * <p>Everything is found through the program headers, as a loader does; section headers are never
 * looked at.
 */
public final class ElfReader {
  private static final long DF_1_NODEFLIB = 0x800;
  private static final long DF_1_PIE = 0x08000000;

  private final ElfBytes bytes;
  private final ElfHeader header;
  private final AddressMap map;

  private ElfReader(ElfBytes bytes) throws ElfFormatException {
    this.bytes = bytes;
    this.header = HeaderReader.read(bytes);
    this.map = AddressMap.of(bytes, header);
  }

  /**
   * Reads a file, without its exports.
   *
   * @throws ElfFormatException if the file is not what its own headers say
   */
  public static ElfBinary read(ElfBytes bytes) throws ElfFormatException {
    return read(bytes, List.of());
  }

  /**
   * Reads a file.
   *
   * @param exportPrefixes which defined function symbols to keep: those that start with one of
   *     these ASCII texts
   * @throws ElfFormatException if the file is not what its own headers say
   */
  public static ElfBinary read(ElfBytes bytes, List<String> exportPrefixes)
      throws ElfFormatException {
    return new ElfReader(bytes).facts(exportPrefixes);
  }

  private ElfBinary facts(List<String> exportPrefixes) throws ElfFormatException {
    Optional<ProgramHeader> segment = header.segment(ProgramHeader.PT_DYNAMIC);
    if (segment.isEmpty()) {
      return withoutDynamicSection();
    }
    DynamicTable dynamic = DynamicTable.read(bytes, map, segment.get());
    VersionTables versions = VersionTables.read(bytes, map, dynamic);
    SymbolTable symbols =
        SymbolTable.read(bytes, header, map, dynamic, versions.references(), exportPrefixes);
    Notes notes = Notes.read(bytes, header);
    Optional<String> interpreter = interpreter();
    Optional<String> soname = dynamic.string(DynamicTable.DT_SONAME);
    long flags = dynamic.value(DynamicTable.DT_FLAGS_1).orElse(0);
    return new ElfBinary(
        header.identity(),
        header.type(),
        interpreter,
        true,
        soname,
        dynamic.allStrings(DynamicTable.DT_NEEDED),
        dynamic.string(DynamicTable.DT_RPATH),
        dynamic.string(DynamicTable.DT_RUNPATH),
        (flags & DF_1_NODEFLIB) != 0,
        isPie(flags, interpreter, soname),
        versions.needs(),
        versions.definitions(),
        symbols.undefined(),
        symbols.exports(),
        stack(),
        notes.isaLevel(),
        notes.buildId());
  }

  private ElfBinary withoutDynamicSection() throws ElfFormatException {
    Notes notes = Notes.read(bytes, header);
    return new ElfBinary(
        header.identity(),
        header.type(),
        interpreter(),
        false,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        false,
        false,
        List.of(),
        Set.of(),
        List.of(),
        Set.of(),
        stack(),
        notes.isaLevel(),
        notes.buildId());
  }

  private boolean isPie(long flags, Optional<String> interpreter, Optional<String> soname) {
    return header.type() == ElfType.SHARED
        && ((flags & DF_1_PIE) != 0 || interpreter.isPresent() && soname.isEmpty());
  }

  private Optional<String> interpreter() throws ElfFormatException {
    Optional<ProgramHeader> segment = header.segment(ProgramHeader.PT_INTERP);
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    long offset = segment.get().offset();
    bytes.slice(offset, segment.get().fileSize());
    return Optional.of(bytes.string(offset, offset + segment.get().fileSize()));
  }

  private ExecutableStack stack() {
    for (ProgramHeader segment : header.segments()) {
      if (segment.type() == ProgramHeader.PT_GNU_STACK) {
        return (segment.flags() & ProgramHeader.PF_X) != 0
            ? ExecutableStack.REQUIRED
            : ExecutableStack.NOT_REQUIRED;
      }
    }
    return ExecutableStack.UNSPECIFIED;
  }
}
