// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfFixtures;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.ExecutableStack;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.layout.LayoutStrategy;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.SymbolEdits;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever edits follow each other on whatever file, each is carried out or refused as a whole. */
class AnyEditTest {
  private static final List<String> FILES =
      ElfFixtures.all().stream()
          .filter(name -> ElfFixtures.read(name).dynamic() && !name.endsWith("/static-pie"))
          .toList();

  private static final List<String> LIBRARIES =
      List.of("libdep.so.1", "libm.so.6", "libc.so.6", "libvendor.so.1", "liba.so", "dep.so.1");

  @Provide
  Arbitrary<String> files() {
    return Arbitraries.of(FILES);
  }

  @Provide
  Arbitrary<List<ElfEdits>> edits() {
    Arbitrary<String> libraries = Arbitraries.of(LIBRARIES);
    Arbitrary<String> names =
        Arbitraries.oneOf(
            libraries,
            Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(300));
    Arbitrary<RpathKind> kinds = Arbitraries.of(RpathKind.class);
    Arbitrary<RpathEdit> paths =
        Arbitraries.oneOf(
            Arbitraries.of(new RpathEdit.Keep(), new RpathEdit.Remove()),
            Combinators.combine(names, kinds).as(RpathEdit.SetTo::new),
            Combinators.combine(names, kinds).as(RpathEdit.Append::new));
    return Combinators.combine(
            names.optional(),
            Arbitraries.maps(libraries, names).ofMaxSize(3),
            libraries.set().ofMaxSize(2),
            names.list().ofMaxSize(3),
            paths,
            Arbitraries.of(StackEdit.class),
            Arbitraries.of(true, false))
        .as(
            (soname, replaced, removed, added, rpath, stack, noDefault) ->
                new ElfEdits(
                    soname,
                    replaced,
                    replaced,
                    removed,
                    added,
                    rpath,
                    stack,
                    Optional.empty(),
                    noDefault,
                    false,
                    OptionalInt.empty(),
                    SymbolEdits.NONE,
                    false))
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Property(tries = 500)
  void whatIsWantedIsReadBackAndNothingElseChanges(
      @ForAll("files") String name, @ForAll("edits") List<ElfEdits> series)
      throws ElfFormatException {
    ByteSource file = ByteSource.of(ElfFixtures.content(name));
    for (ElfEdits edits : series) {
      ElfBytes bytes = ElfBytes.of(name, file);
      ElfBinary before = ElfReader.read(bytes);
      Optional<ElfPatch> patch = firstThatWorks(bytes, edits);
      if (patch.isEmpty()) {
        return;
      }
      file = patch.get().view(file);
      ElfBinary after = ElfReader.read(ElfBytes.of(name, file));
      assertThat(after.needed()).isEqualTo(needed(before, edits));
      assertThat(after.versionNeeds().stream().map(need -> need.file()).toList())
          .isEqualTo(versionNeeds(before, edits));
      assertThat(after.stack()).isEqualTo(stack(before, edits));
      assertThat(after.versionDefinitions()).isEqualTo(before.versionDefinitions());
      assertThat(after.buildId()).isEqualTo(before.buildId());
      assertThat(after.undefinedSymbols()).hasSameSizeAs(before.undefinedSymbols());
    }
  }

  /** The patch of the first strategy that finds room, which must stand the verification. */
  private static Optional<ElfPatch> firstThatWorks(ElfBytes file, ElfEdits edits)
      throws ElfFormatException {
    for (LayoutStrategy strategy : ElfEditor.STRATEGIES) {
      try {
        return Optional.of(ElfEditor.edit(file, edits, List.of(strategy)));
      } catch (UnsupportedLayoutException e) {
        assertThat(e.getMessage()).doesNotContain("would damage");
      }
    }
    return Optional.empty();
  }

  @Property(tries = 100)
  void oneEditIsCarriedOutOnce(@ForAll("files") String name, @ForAll("edits") List<ElfEdits> series)
      throws ElfFormatException, UnsupportedLayoutException {
    ElfEdits edits = series.get(0);
    if (chains(edits)) {
      return;
    }
    ByteSource file = ByteSource.of(ElfFixtures.content(name));
    ElfPatch first;
    try {
      first = ElfEditor.edit(ElfBytes.of(name, file), edits);
    } catch (UnsupportedLayoutException e) {
      return;
    }

    ElfBytes edited = ElfBytes.of(name, first.view(file));
    assertThat(ElfEditor.edit(edited, edits).isEmpty()).isTrue();
  }

  /** Whether applying the edit twice is meant to differ from applying it once. */
  private static boolean chains(ElfEdits edits) {
    Set<String> produced = new LinkedHashSet<>(edits.replacedNeeded().values());
    produced.addAll(edits.addedNeeded());
    Set<String> consumed = new LinkedHashSet<>(edits.replacedNeeded().keySet());
    consumed.addAll(edits.removedNeeded());
    produced.retainAll(consumed);
    return !produced.isEmpty();
  }

  private static List<String> needed(ElfBinary before, ElfEdits edits) {
    List<String> names = new ArrayList<>();
    for (String name : before.needed()) {
      if (!edits.removedNeeded().contains(name)) {
        names.add(edits.replacedNeeded().getOrDefault(name, name));
      }
    }
    List<String> all = new ArrayList<>(edits.addedNeeded());
    all.removeAll(names);
    all.addAll(names);
    return all;
  }

  private static List<String> versionNeeds(ElfBinary before, ElfEdits edits) {
    return before.versionNeeds().stream()
        .map(need -> need.file())
        .filter(file -> !edits.removedNeeded().contains(file))
        .map(file -> edits.replacedNeeded().getOrDefault(file, file))
        .toList();
  }

  private static ExecutableStack stack(ElfBinary before, ElfEdits edits) {
    return switch (edits.stack()) {
      case KEEP -> before.stack();
      case CLEAR -> ExecutableStack.NOT_REQUIRED;
      case SET -> ExecutableStack.REQUIRED;
    };
  }
}
