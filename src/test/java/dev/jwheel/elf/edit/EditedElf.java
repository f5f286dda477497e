// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.SectionHeader;
import dev.jwheel.elf.layout.LayoutStrategy;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A fixture before and after an edit. */
record EditedElf(String name, byte[] before, byte[] after, ElfPatch patch) {

  /** Edits a fixture as anyone would. */
  static EditedElf of(String fixture, ElfEdits.Builder edits) {
    return of(fixture, ElfFixtures.content(fixture), edits.build());
  }

  /** Edits the bytes of a file as anyone would. */
  static EditedElf of(String name, byte[] content, ElfEdits edits) {
    ByteSource source = ByteSource.of(content);
    try {
      return result(name, content, ElfEditor.edit(ElfBytes.of(name, source), edits));
    } catch (ElfFormatException | UnsupportedLayoutException e) {
      throw new AssertionError(name, e);
    }
  }

  /** Edits a fixture with one layout strategy, whatever else would do. */
  static EditedElf by(LayoutStrategy strategy, String fixture, ElfEdits.Builder edits) {
    byte[] content = ElfFixtures.content(fixture);
    try {
      ElfBytes file = ElfBytes.of(fixture, ByteSource.of(content));
      return result(fixture, content, ElfEditor.edit(file, edits.build(), List.of(strategy)));
    } catch (ElfFormatException | UnsupportedLayoutException e) {
      throw new AssertionError(fixture, e);
    }
  }

  private static EditedElf result(String name, byte[] content, ElfPatch patch) {
    ByteSource view = patch.view(ByteSource.of(content));
    byte[] after = new byte[(int) view.size()];
    view.slice(0, after.length).get(after);
    return new EditedElf(name, content, after, patch);
  }

  /** Applies one more edit to the result. */
  EditedElf then(ElfEdits.Builder edits) {
    return of(name + " (edited)", after, edits.build());
  }

  ElfBinary facts() {
    return facts(after);
  }

  ElfBinary factsBefore() {
    return facts(before);
  }

  private ElfBinary facts(byte[] content) {
    try {
      return ElfReader.read(ElfBytes.of(name, ByteSource.of(content)));
    } catch (ElfFormatException e) {
      throw new AssertionError(name, e);
    }
  }

  ElfImage image() {
    return image(after);
  }

  ElfImage imageBefore() {
    return image(before);
  }

  private ElfImage image(byte[] content) {
    try {
      return ElfImage.read(ElfBytes.of(name, ByteSource.of(content)));
    } catch (ElfFormatException e) {
      throw new AssertionError(name, e);
    }
  }

  DynamicSection dynamic() {
    return dynamic(image());
  }

  DynamicSection dynamicBefore() {
    return dynamic(imageBefore());
  }

  private DynamicSection dynamic(ElfImage image) {
    try {
      return DynamicSection.read(image).orElseThrow();
    } catch (ElfFormatException e) {
      throw new AssertionError(name, e);
    }
  }

  /** The section of a name after the edit. */
  SectionHeader section(String wanted) {
    return section(image(), wanted);
  }

  SectionHeader sectionBefore(String wanted) {
    return section(imageBefore(), wanted);
  }

  private SectionHeader section(ElfImage image, String wanted) {
    try {
      for (int i = 0; i < image.sections().size(); i++) {
        if (image.sectionName(i).equals(wanted)) {
          return image.sections().get(i);
        }
      }
    } catch (ElfFormatException e) {
      throw new AssertionError(name, e);
    }
    throw new AssertionError(name + " has no section " + wanted);
  }

  List<String> versionNeedFiles() {
    return facts().versionNeeds().stream().map(VersionNeed::file).toList();
  }

  /** How many program headers of a type there are. */
  long headers(int type) {
    return image().programHeaders().stream().filter(header -> header.type() == type).count();
  }

  boolean contains(String text) {
    return new String(after, StandardCharsets.ISO_8859_1).contains(text);
  }
}
