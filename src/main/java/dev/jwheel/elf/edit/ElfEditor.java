// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.format.DynamicSection;
import dev.jwheel.elf.format.DynamicTags;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.format.ElfImage;
import dev.jwheel.elf.format.FileHeader;
import dev.jwheel.elf.format.ProgramHeader;
import dev.jwheel.elf.layout.GrowAtEndStrategy;
import dev.jwheel.elf.layout.InPlaceStrategy;
import dev.jwheel.elf.layout.LayoutStrategy;
import dev.jwheel.elf.layout.LayoutStrategy.Attempt;
import dev.jwheel.elf.layout.MovedTableStrategy;
import dev.jwheel.elf.layout.NewSegmentStrategy;
import dev.jwheel.elf.layout.SlideStrategy;
import dev.jwheel.elf.layout.ThroughBssStrategy;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.LayoutKind;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.StackEdit;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.elf.strip.ElfStripper;
import dev.jwheel.elf.verify.ElfVerifier;
import dev.jwheel.elf.verify.VerificationException;
import dev.jwheel.io.ByteSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Edits ELF files: all edits of a file are one transaction with one layout.
 *
 * <p>The layout is that of the first strategy that works ({@link LayoutKind}). Code and data never
 * move. Nothing is returned that the verifier has not judged.
 */
public final class ElfEditor {
  /** A bss up to this size costs less in the file than what a new segment may cost elsewhere. */
  private static final long SMALL_BSS = 64 << 10;

  /** A bss up to this size is put into the file before the program header table is moved. */
  private static final long LARGE_BSS = 0x100000;

  /**
   * A bss up to this size is put into the file where nothing else works: programs, whose header
   * table cannot move. Zeros compress to next to nothing in a wheel.
   */
  private static final long HUGE_BSS = 64L << 20;

  /** Every strategy, in the order in which they are tried. */
  static final List<LayoutStrategy> STRATEGIES =
      List.of(
          new InPlaceStrategy(),
          new GrowAtEndStrategy(),
          new SlideStrategy(),
          new ThroughBssStrategy(SMALL_BSS),
          new NewSegmentStrategy(),
          new ThroughBssStrategy(LARGE_BSS),
          new MovedTableStrategy(),
          new ThroughBssStrategy(HUGE_BSS));

  private ElfEditor() {}

  /**
   * Plans an edit.
   *
   * @return the patch that carries it out; empty if there is nothing to change
   * @throws ElfFormatException if the file is not what its own headers say
   * @throws UnsupportedLayoutException if the file lacks what the edit is about, or has no room for
   *     it
   */
  public static ElfPatch edit(ElfBytes file, ElfEdits edits)
      throws ElfFormatException, UnsupportedLayoutException {
    if (!edits.strip()) {
      return edit(file, edits, STRATEGIES);
    }
    ElfPatch stripped = ElfStripper.strip(file);
    ElfBytes rest = ElfBytes.of(file.name(), stripped.view(file.source()));
    return stripped.then(edit(rest, edits.withoutStrip(), STRATEGIES));
  }

  /** Plans an edit with the given layout strategies only. */
  static ElfPatch edit(ElfBytes file, ElfEdits edits, List<LayoutStrategy> strategies)
      throws ElfFormatException, UnsupportedLayoutException {
    if (edits.isEmpty()) {
      return ElfPatch.unchanged(file.size());
    }
    ElfImage image = ElfImage.read(file);
    checkType(image);
    Optional<DynamicSection> dynamic = DynamicSection.read(image);
    boolean fixed = dynamic.isEmpty() || isStaticPie(image, dynamic.get());
    if (fixed && (edits.isHeaderOnly() || namesNothing(image, dynamic, edits))
        || edits.isHeaderOnly() && edits.stack() == StackEdit.KEEP) {
      return verified(file, HeaderPatch.of(image, edits), edits);
    }
    if (dynamic.isEmpty()) {
      throw new UnsupportedLayoutException(file.name(), "the file has no dynamic section");
    }
    check(image, dynamic.get(), edits);
    EditPlan plan = EditPlan.of(image, dynamic.get(), edits, StackPlan.of(image, edits.stack()));
    return tryEach(plan, edits, strategies);
  }

  /**
   * Whether edits of names and paths find nothing to change in a file without DT_NEEDED, so that
   * whoever edits a whole tree is not stopped by it.
   */
  private static boolean namesNothing(
      ElfImage image, Optional<DynamicSection> dynamic, ElfEdits edits) {
    boolean path =
        dynamic.isPresent()
            && (dynamic.get().has(DynamicTags.DT_RPATH)
                || dynamic.get().has(DynamicTags.DT_RUNPATH)
                || dynamic.get().has(DynamicTags.DT_FILTER)
                || dynamic.get().has(DynamicTags.DT_AUXILIARY));
    boolean keepsPath =
        edits.rpath() instanceof RpathEdit.Keep || edits.rpath() instanceof RpathEdit.Remove;
    return !path
        && keepsPath
        && (edits.soname().isEmpty() || dynamic.isEmpty() && image.header().isExecutable())
        && (!edits.debugTag() || dynamic.isPresent() && dynamic.get().has(DynamicTags.DT_DEBUG))
        && (edits.interpreter().isEmpty() || dynamic.isEmpty())
        && edits.addedNeeded().isEmpty()
        && (edits.symbols().isEmpty() || dynamic.isEmpty())
        && !edits.noDefaultLibraries();
  }

  /**
   * A patch that does not stand the verification counts as refused, and the next strategy is tried.
   */
  private static ElfPatch tryEach(EditPlan plan, ElfEdits edits, List<LayoutStrategy> strategies)
      throws ElfFormatException, UnsupportedLayoutException {
    ElfBytes file = plan.space().image().bytes();
    Set<String> reasons = new LinkedHashSet<>();
    for (LayoutStrategy strategy : strategies) {
      Attempt attempt = strategy.attempt(plan.space());
      if (attempt instanceof Attempt.Found found) {
        ElfPatch patch = PatchBuilder.build(plan, found.layout());
        Optional<String> damage = damage(file, patch, edits);
        if (damage.isEmpty()) {
          return patch;
        }
        reasons.add("the edit would damage the file: " + damage.get());
      } else if (attempt instanceof Attempt.Refused refused) {
        reasons.add(refused.reason());
      }
    }
    throw new UnsupportedLayoutException(
        file.name(), "there is no safe room for the edit: " + String.join("; ", reasons));
  }

  private static ElfPatch verified(ElfBytes file, ElfPatch patch, ElfEdits edits)
      throws UnsupportedLayoutException {
    Optional<String> damage = damage(file, patch, edits);
    if (damage.isPresent()) {
      throw new UnsupportedLayoutException(
          file.name(), "the edit would damage the file: " + damage.get());
    }
    return patch;
  }

  private static Optional<String> damage(ElfBytes file, ElfPatch patch, ElfEdits edits) {
    if (patch.isEmpty()) {
      return Optional.empty();
    }
    ByteSource before = file.source();
    try {
      new ElfVerifier().verify(file.name(), before, patch.view(before), edits, patch.changes());
      return Optional.empty();
    } catch (VerificationException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static void checkType(ElfImage image) throws UnsupportedLayoutException {
    FileHeader header = image.header();
    if (!header.isSharedObject() && !header.isExecutable()) {
      throw new UnsupportedLayoutException(
          image.name(), "e_type is " + header.type() + ", expected a library or an executable");
    }
  }

  private static void check(ElfImage image, DynamicSection dynamic, ElfEdits edits)
      throws UnsupportedLayoutException {
    boolean interpreted = image.find(ProgramHeader.PT_INTERP).isPresent();
    if (edits.interpreter().isPresent() && !interpreted) {
      throw new UnsupportedLayoutException(
          image.name(), "the file has no interpreter (PT_INTERP) that could be changed");
    }
    if (isStaticPie(image, dynamic)) {
      throw new UnsupportedLayoutException(
          image.name(),
          "a static position-independent executable relocates itself, which an edit may break");
    }
  }

  /** A program that no loader loads: it finds its own tables, by addresses in its code. */
  private static boolean isStaticPie(ElfImage image, DynamicSection dynamic) {
    boolean program =
        (dynamic.number(DynamicTags.DT_FLAGS_1) & DynamicTags.DF_1_PIE) != 0
            || dynamic.has(DynamicTags.DT_DEBUG) && !dynamic.has(DynamicTags.DT_SONAME);
    return image.header().isSharedObject()
        && !image.isRunnable()
        && !dynamic.has(DynamicTags.DT_NEEDED)
        && image.header().entry() != 0
        && program;
  }
}
