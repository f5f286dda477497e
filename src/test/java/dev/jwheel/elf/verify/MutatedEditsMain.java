// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * Edits damaged copies of the fixtures, and writes each that the editor edits beside its result:
 * {@code src/test/tools/mutated_edits.py} compares the two.
 */
final class MutatedEditsMain {

  private MutatedEditsMain() {}

  /** Arguments: the first seed, how many, and the directory. */
  public static void main(String[] args) throws IOException, VerificationException {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    Path directory = Path.of(args[2]);
    List<String> names = ElfFixtures.all();
    int edited = 0;
    for (long seed = first; seed < first + count; seed++) {
      Random random = new Random(seed);
      String name = names.get(random.nextInt(names.size()));
      byte[] bytes = new ElfMutator(name, ElfFixtures.content(name)).mutate(random);
      ByteSource file = ByteSource.of(bytes);
      try {
        ElfPatch patch = ElfEditor.edit(ElfBytes.of(name, file), edits(random));
        ByteSource view = patch.view(file);
        byte[] after = new byte[(int) view.size()];
        view.slice(0, after.length).get(after);
        Files.write(directory.resolve(seed + ".before"), bytes);
        Files.write(directory.resolve(seed + ".after"), after);
        edited++;
      } catch (ElfFormatException | UnsupportedLayoutException e) {
        // refused, as it may be
      }
    }
    System.out.println(edited);
  }

  /** Edits that ask for no change of any symbol: nothing is removed or stripped. */
  private static ElfEdits edits(Random random) {
    ElfEdits.Builder edits = ElfEdits.builder();
    edits.soname("libnew-" + "s".repeat(random.nextInt(40)) + ".so.1");
    for (String needed : List.of("libdep.so.1", "libm.so.6", "libc.so.6")) {
      if (random.nextBoolean()) {
        edits.replaceNeeded(needed, "librepl-" + "d".repeat(random.nextInt(40)) + ".so.77");
      }
    }
    if (random.nextInt(4) == 0) {
      edits.addNeeded("libadded.so.1");
    }
    int length = random.nextInt(8) == 0 ? 6000 : 40;
    String path = "$ORIGIN/../" + "p".repeat(random.nextInt(length));
    edits.rpath(new RpathEdit.SetTo(path, RpathKind.RPATH));
    return edits.build();
  }
}
