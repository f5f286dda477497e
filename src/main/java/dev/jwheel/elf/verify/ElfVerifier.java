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
    RawElf old = read(name, before);
    RawElf now = read(name + " (edited)", after);
    Comparison files =
        new Comparison(
            old,
            now,
            RawObject.read(old),
            RawObject.read(now),
            SectionMap.of(old, now, wanted.strip()),
            wanted,
            declared);
    new LoadInvariants(files).check();
    new HeaderInvariants(files).check();
    new ProgramHeaderInvariants(files).check();
    new OverlapInvariants(files).check();
    checkDynamic(files);
    new SectionInvariants(files).check();
    new ImageInvariants(files).check();
  }

  private static RawElf read(String name, ByteSource source) throws VerificationException {
    RawElf elf = RawElf.read(RawFile.open(name, source));
    LoadInvariants.checkWellFormed(elf);
    return elf;
  }

  private static void checkDynamic(Comparison files) throws VerificationException {
    Optional<RawObject> old = files.old();
    Optional<RawObject> now = files.now();
    files.require(
        old.isPresent() == now.isPresent(),
        Invariant.DYNAMIC_TABLES,
        "PT_DYNAMIC",
        "the dynamic section came or went");
    if (old.isPresent() && now.isPresent()) {
      StringInvariants strings = new StringInvariants(files, old.get(), now.get());
      new DynamicTableInvariants(files, old.get(), now.get()).check();
      new DynamicInvariants(files, old.get(), now.get()).check();
      strings.check();
      new SymbolInvariants(files, old.get(), now.get(), strings).check();
      new VersionInvariants(files, old.get(), now.get()).check();
    }
  }
}
