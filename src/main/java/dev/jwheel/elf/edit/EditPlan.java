// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.edit.VersionNeedEdit.KeptNeed;
import dev.jwheel.elf.format.DynamicEntry;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTables;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileRange;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.SymbolTable;
import dev.jwheel.elf.format.VersionDefinitions;
import dev.jwheel.elf.format.VersionNeeds;
import dev.jwheel.elf.format.VersionNeeds.Need;
import dev.jwheel.elf.format.VersionNeeds.Version;
import dev.jwheel.elf.layout.FileUsage;
import dev.jwheel.elf.layout.SpaceRequirements;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ElfStrings;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an edit changes in the tables of one file, before it is known where they will lie.
 *
 * @param entries the new dynamic section
 * @param versions the new version need table
 * @param symbols what becomes of the dynamic symbols
 * @param texts where the new strings go
 * @param interpreter the new content of PT_INTERP, with its NUL
 * @param osAbi the new EI_OSABI
 * @param space what needs room
 */
record EditPlan(
    DynamicEdit entries,
    VersionNeedEdit versions,
    SymbolPlan symbols,
    StringPlan texts,
    Optional<byte[]> interpreter,
    OptionalInt osAbi,
    SpaceRequirements space) {

  static EditPlan of(ElfImage image, DynamicSection dynamic, ElfEdits edits, StackPlan stack)
      throws ElfFormatException, UnsupportedLayoutException {
    StringTable strings = StringTable.read(image, dynamic);
    VersionNeeds needs = VersionNeeds.read(image, dynamic);
    VersionDefinitions definitions = VersionDefinitions.read(image, dynamic);
    SymbolTable symbols = SymbolTable.largest(image, dynamic);
    SymbolPlan symbolPlan = SymbolPlan.of(image, dynamic, strings, symbols, edits.symbols());
    VersionNeedEdit versions =
        VersionNeedEdit.plan(needs, strings, edits, symbolPlan.unusedVersions());
    DynamicEdit entries = DynamicEdit.plan(image, dynamic, strings, edits, versions);
    Set<String> wanted = wanted(entries.planned(), versions);
    StringPlan texts =
        StringPlan.place(
            strings,
            wanted,
            symbolPlan.renamed().values(),
            StringReferences.collect(
                image,
                dynamic,
                strings,
                symbols,
                definitions,
                versions,
                entries.planned(),
                symbolPlan),
            abandoned(dynamic, strings, needs, symbols, symbolPlan));
    Optional<byte[]> interpreter = edits.interpreter().map(path -> ElfStrings.bytes(path + "\0"));
    List<FileRange> tables =
        DynamicTables.read(image, dynamic, strings, symbols, needs, definitions);
    SpaceRequirements space =
        new SpaceRequirements(
            image,
            dynamic,
            strings,
            symbols,
            FileUsage.of(image, tables),
            stack.headers(),
            stack.missing(),
            texts.tail().length,
            entries.mustGrow() ? entries.planned().size() + 1 : 0,
            interpreter.map(bytes -> overflow(image, bytes)).orElse(0));
    return new EditPlan(
        entries,
        versions,
        symbolPlan,
        texts,
        interpreter,
        edits.osAbi(),
        space.withHeadersInPlace());
  }

  private static Set<String> wanted(List<PlannedEntry> entries, VersionNeedEdit versions) {
    Set<String> wanted = new LinkedHashSet<>();
    for (PlannedEntry entry : entries) {
      if (entry.string().isPresent() && entry.string().get() instanceof StringValue.New text) {
        wanted.add(text.text());
      }
    }
    for (KeptNeed record : versions.kept()) {
      if (record.file() instanceof StringValue.New text) {
        wanted.add(text.text());
      }
    }
    return wanted;
  }

  /** Every string that an edit may leave without a reference. */
  private static Set<Integer> abandoned(
      DynamicSection dynamic,
      StringTable strings,
      VersionNeeds needs,
      SymbolTable symbols,
      SymbolPlan symbolPlan)
      throws ElfFormatException {
    Set<Integer> offsets = new LinkedHashSet<>();
    for (DynamicEntry entry : dynamic.entries()) {
      if (DynamicTags.isString(entry.tag())) {
        offsets.add(strings.index(entry.value()));
      }
    }
    for (Need record : needs.records()) {
      offsets.add(strings.index(record.file()));
      for (Version version : record.versions()) {
        offsets.add(strings.index(version.name()));
      }
    }
    for (int symbol : symbolPlan.renamed().keySet()) {
      offsets.add(strings.index(symbols.name(symbol)));
    }
    return offsets;
  }

  /** The size of a PT_INTERP content that does not fit where the old one is. */
  private static int overflow(ElfImage image, byte[] content) {
    Optional<ProgramHeader> segment = image.find(ProgramHeader.PT_INTERP);
    return segment.isPresent() && content.length <= segment.get().fileSize() ? 0 : content.length;
  }

  /** The offset of a string in the new string table. */
  long offset(StringValue value) {
    if (value instanceof StringValue.New text) {
      return Objects.requireNonNull(texts.offsets().get(text.text()));
    }
    return ((StringValue.Kept) value).offset();
  }
}
