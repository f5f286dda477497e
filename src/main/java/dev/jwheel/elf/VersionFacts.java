// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import dev.jwheel.elf.UndefinedSymbol.VersionReference;
import dev.jwheel.elf.VersionNeed.NeededVersion;
import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.StringTable;
import dev.jwheel.elf.format.VersionDefinitions;
import dev.jwheel.elf.format.VersionNeeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The versions that a file needs and defines, by their names.
 *
 * @param needs what the file needs
 * @param definitions what it defines, without the base entry
 * @param references the needed version of each index that DT_VERSYM uses
 */
record VersionFacts(
    List<VersionNeed> needs, Set<String> definitions, Map<Integer, VersionReference> references) {

  static VersionFacts read(ElfImage image, DynamicSection dynamic, StringTable strings)
      throws ElfFormatException {
    List<VersionNeed> needs = new ArrayList<>();
    Map<Integer, VersionReference> references = new HashMap<>();
    for (VersionNeeds.Need record : VersionNeeds.read(image, dynamic).records()) {
      String file = strings.fileName(record.file());
      List<NeededVersion> versions = new ArrayList<>();
      for (VersionNeeds.Version version : record.versions()) {
        String name = strings.string(version.name());
        versions.add(new NeededVersion(name, version.isWeak(), version.index()));
        references.put(version.index(), new VersionReference(file, name));
      }
      needs.add(new VersionNeed(file, versions));
    }
    Set<String> definitions = new LinkedHashSet<>();
    for (long name : VersionDefinitions.defined(image, dynamic)) {
      definitions.add(strings.string(name));
    }
    return new VersionFacts(needs, definitions, references);
  }
}
