// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.StringTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads the facts of an ELF file.
 *
 * <p>Everything is found through the program headers, as a loader does; section headers are never
 * looked at.
 */
public final class ElfReader {
  private final ElfImage image;
  private final ElfIdentity identity;
  private final ElfType type;

  private ElfReader(ElfBytes bytes) throws ElfFormatException {
    this.image = ElfImage.asLoaded(bytes);
    this.identity = ElfIdentity.of(image);
    this.type = ElfType.of(image.header());
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
    Optional<DynamicSection> section = DynamicSection.read(image);
    if (section.isEmpty()) {
      return withoutDynamicSection();
    }
    DynamicSection dynamic = section.get();
    StringTable strings = StringTable.read(image, dynamic);
    VersionFacts versions = VersionFacts.read(image, dynamic, strings);
    SymbolFacts symbols =
        SymbolFacts.read(image, dynamic, strings, versions.references(), exportPrefixes);
    GnuNotes notes = GnuNotes.read(image);
    Optional<String> interpreter = interpreter();
    OptionalLong nameOffset = dynamic.value(DynamicTags.DT_SONAME);
    Optional<String> soname =
        nameOffset.isPresent()
            ? Optional.of(strings.fileName(nameOffset.getAsLong()))
            : Optional.empty();
    long flags = dynamic.number(DynamicTags.DT_FLAGS_1);
    return new ElfBinary(
        identity,
        type,
        interpreter,
        true,
        soname,
        strings(dynamic, strings, DynamicTags.DT_NEEDED),
        strings(dynamic, strings, DynamicTags.DT_FILTER),
        strings(dynamic, strings, DynamicTags.DT_AUXILIARY),
        string(dynamic, strings, DynamicTags.DT_RPATH),
        string(dynamic, strings, DynamicTags.DT_RUNPATH),
        (flags & DynamicTags.DF_1_NODEFLIB) != 0,
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
    GnuNotes notes = GnuNotes.read(image);
    return new ElfBinary(
        identity,
        type,
        interpreter(),
        false,
        Optional.empty(),
        List.of(),
        List.of(),
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

  /** Returns the string that the last entry of a tag names, which is the one the loader keeps. */
  private static Optional<String> string(DynamicSection dynamic, StringTable strings, long tag)
      throws ElfFormatException {
    OptionalLong value = dynamic.value(tag);
    return value.isPresent() ? Optional.of(strings.string(value.getAsLong())) : Optional.empty();
  }

  /** Returns the strings that the entries of a tag name, in file order. */
  private static List<String> strings(DynamicSection dynamic, StringTable strings, long tag)
      throws ElfFormatException {
    List<String> found = new ArrayList<>();
    for (DynamicEntry entry : dynamic.entries()) {
      if (entry.tag() == tag) {
        found.add(strings.fileName(entry.value()));
      }
    }
    return found;
  }

  private boolean isPie(long flags, Optional<String> interpreter, Optional<String> soname) {
    return type == ElfType.SHARED
        && ((flags & DynamicTags.DF_1_PIE) != 0 || interpreter.isPresent() && soname.isEmpty());
  }

  private Optional<String> interpreter() throws ElfFormatException {
    Optional<ProgramHeader> segment = image.find(ProgramHeader.PT_INTERP);
    if (segment.isEmpty()) {
      return Optional.empty();
    }
    long offset = segment.get().offset();
    ElfBytes bytes = image.bytes();
    bytes.slice(offset, segment.get().fileSize());
    return Optional.of(bytes.string(offset, offset + segment.get().fileSize()));
  }

  private ExecutableStack stack() {
    for (ProgramHeader segment : image.programHeaders()) {
      if (segment.type() == ProgramHeader.PT_GNU_STACK) {
        return segment.hasFlag(ProgramHeader.PF_X)
            ? ExecutableStack.REQUIRED
            : ExecutableStack.NOT_REQUIRED;
      }
    }
    return ExecutableStack.UNSPECIFIED;
  }
}
