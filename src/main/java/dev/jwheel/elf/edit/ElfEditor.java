package dev.jwheel.elf.edit;

import dev.jwheel.elf.ElfBytes;
import dev.jwheel.elf.ElfFormatException;
import dev.jwheel.elf.edit.LayoutRung.Attempt;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Edits ELF files: all edits of a file are one transaction with one layout.
 *
 * <p>The layout is the first that works of a ladder ({@link Rung}). Code and data never move.
 * Nothing is returned that the verifier has not judged.
 */
public final class ElfEditor {
  /** A bss up to this size costs less in the file than what a new segment may cost elsewhere. */
  private static final long SMALL_BSS = 0x10000;

  /** A bss up to this size is put into the file before the program header table is moved. */
  private static final long LARGE_BSS = 0x100000;

  private static final List<LayoutRung> LADDER =
      List.of(
          new InPlaceRung(),
          new GrowAtEndRung(),
          new SlideRung(),
          new ThroughBssRung(SMALL_BSS),
          new NewSegmentRung(),
          new ThroughBssRung(LARGE_BSS),
          new MovedTableRung());

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
      return edit(file, edits, LADDER);
    }
    ElfPatch stripped = ElfStripper.strip(file);
    ElfBytes rest = ElfBytes.of(file.name(), stripped.view(file.source()));
    return stripped.then(edit(rest, edits.withoutStrip(), LADDER));
  }

  /** Plans an edit that may climb a given ladder alone. */
  static ElfPatch edit(ElfBytes file, ElfEdits edits, List<LayoutRung> ladder)
      throws ElfFormatException, UnsupportedLayoutException {
    ElfPatch patch = plan(file, edits, ladder);
    if (!patch.isEmpty()) {
      verify(file, patch, edits);
    }
    return patch;
  }

  private static void verify(ElfBytes file, ElfPatch patch, ElfEdits edits)
      throws UnsupportedLayoutException {
    try {
      new ElfVerifier()
          .verify(file.name(), file.source(), patch.view(file.source()), edits, patch.changes());
    } catch (VerificationException e) {
      throw new UnsupportedLayoutException(
          file.name(), "the edit would damage the file: " + e.getMessage(), e);
    }
  }

  private static ElfPatch plan(ElfBytes file, ElfEdits edits, List<LayoutRung> ladder)
      throws ElfFormatException, UnsupportedLayoutException {
    if (edits.isEmpty()) {
      return ElfPatch.unchanged(file.size());
    }
    ElfImage image = ElfImage.read(file);
    Optional<DynamicSection> dynamic = DynamicSection.read(image);
    if (dynamic.isEmpty()) {
      throw new UnsupportedLayoutException(file.name(), "the file has no dynamic section");
    }
    check(image, dynamic.get(), edits);
    EditPlan plan = EditPlan.of(image, dynamic.get(), edits, StackPlan.of(image, edits.stack()));
    return PatchBuilder.build(plan, layout(plan.demand(), ladder));
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

  private static Layout layout(Demand demand, List<LayoutRung> ladder)
      throws ElfFormatException, UnsupportedLayoutException {
    StringJoiner reasons = new StringJoiner("; ");
    for (LayoutRung rung : ladder) {
      Attempt attempt = rung.attempt(demand);
      if (attempt instanceof Attempt.Found found) {
        return found.layout();
      }
      reasons.add(((Attempt.Refused) attempt).reason());
    }
    throw new UnsupportedLayoutException(
        demand.image().name(), "there is no safe room for the edit: " + reasons);
  }
}
