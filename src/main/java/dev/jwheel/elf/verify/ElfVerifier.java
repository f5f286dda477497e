// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import dev.jwheel.elf.patch.DeclaredChanges;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.io.ByteSource;
import java.util.Optional;

/**
 * Judges an edited file against its original before anyone uses it: every {@link Invariant} must
 * hold.
 *
 * <p>It reads both files with a reader of its own, so that a mistake of the editor or of the reader
 * the editor uses cannot hide. What it compares it reads in pieces; it keeps no more than the
 * headers, the dynamic section and the version tables.
 */
public final class ElfVerifier {

  /**
   * Compares a file with its edited form.
   *
   * @param name the file's name, for messages
   * @param before the original
   * @param after the edited file
   * @param wanted the edit
   * @param declared what the edit changed besides
   * @throws VerificationException naming the first invariant that does not hold
   */
  public void verify(
      String name, ByteSource before, ByteSource after, ElfEdits wanted, DeclaredChanges declared)
      throws VerificationException {
    Headers old = read(name, before);
    Headers now = read(name + " (edited)", after);
    BeforeAfter pair =
        new BeforeAfter(
            old,
            now,
            DynamicObject.read(old),
            DynamicObject.read(now),
            SectionMap.of(old, now, wanted.strip()),
            wanted,
            declared);
    new LoadCheck(pair).check();
    new HeaderCheck(pair).check();
    new ProgramHeaderCheck(pair).check();
    new OverlapCheck(pair).check();
    checkDynamic(pair);
    new SectionCheck(pair).check();
    new NameTableCheck(pair).check();
    new ImageCheck(pair).check();
  }

  private static Headers read(String name, ByteSource source) throws VerificationException {
    Headers elf = Headers.read(Bytes.open(name, source));
    LoadCheck.checkWellFormed(elf);
    return elf;
  }

  private static void checkDynamic(BeforeAfter pair) throws VerificationException {
    Optional<DynamicObject> old = pair.old();
    Optional<DynamicObject> now = pair.now();
    pair.require(
        old.isPresent() == now.isPresent(),
        Invariant.DYNAMIC_TABLES,
        "PT_DYNAMIC",
        "the dynamic section came or went");
    if (old.isPresent() && now.isPresent()) {
      StringCheck strings = new StringCheck(pair, old.get(), now.get());
      new DynamicTableCheck(pair, old.get(), now.get()).check();
      ClearedVersions cleared =
          ClearedVersions.of(old.get(), pair.wanted().symbols().unversioned());
      new DynamicCheck(pair, old.get(), now.get(), cleared).check();
      strings.check();
      new SymbolCheck(pair, old.get(), now.get(), strings).check();
      new VersionCheck(pair, old.get(), now.get(), cleared).check();
    }
  }
}
