// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.io.ByteSource;
import java.io.ByteArrayOutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the user is told of a repair that can be done. */
class RepairNotesTest {
  @TempDir Path directory;

  /** A file of the tests that needs a library under another name. */
  private static byte[] needing(String file, String before, String after) throws Exception {
    ByteSource content = ByteSource.of(Workshop.file(file));
    ElfEdits edits = ElfEdits.builder().replaceNeeded(before, after).build();
    ByteArrayOutputStream edited = new ByteArrayOutputStream();
    ElfEditor.edit(ElfBytes.of(file, content), edits).applyTo(content, Channels.newChannel(edited));
    return edited.toByteArray();
  }

  @Test
  void aLibraryThatLoadsDriversIsGraftedAndBetterExcluded() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/m.so", needing("m-ver.so", "libver.so.1", "libva.so.2"))
            .library("libva.so.2", "libver.so.1")
            .plan();
    assertThat(plan.grafts()).hasSize(1);
    assertThat(plan.notes())
        .singleElement()
        .satisfies(note -> assertThat(note.sentence()).contains("drivers", "libva.so.2"));
    assertThat(plan.betterExcluded()).containsExactly("libva.so.2");
  }

  @Test
  void aGraftThatFipsModeChecksIsMentioned() throws Exception {
    Workshop shop =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1.2", "libver.so.1")
            .link("libver.so.1", "libver.so.1.2");
    assertThat(shop.plan().notes()).isEmpty();
    assertThat(shop.library(".libver.so.1.hmac", new byte[] {'0'}).plan().notes())
        .singleElement()
        .satisfies(note -> assertThat(note.sentence()).contains("FIPS").endsWith(": libver.so.1"));
  }

  @Test
  void whatOnlyAnExcludedLibraryNeedsIsNotToBeExcludedItself() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/m.so", needing("m-top.so", "libtop.so.1", "libva-drm.so.2"))
            .library("libva-drm.so.2", needing("libtop.so.1", "libver.so.1", "libva.so.2"))
            .library("libva.so.2", "libver.so.1")
            .plan();
    assertThat(plan.grafts()).hasSize(2);
    assertThat(plan.notes())
        .extracting(RepairNote::sentence)
        .anyMatch(note -> note.contains("libva-drm.so.2, libva.so.2"));
    assertThat(plan.betterExcluded()).containsExactly("libva-drm.so.2");
  }

  @Test
  void whatIsLoadedTwiceIsBetterExcluded() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/x.so", needing("m-ver.so", "libver.so.1", "libX11.so.6"))
            .member("demo/m.so", needing("m-top.so", "libtop.so.1", "libxcb.so.1"))
            .library("libxcb.so.1", "libone.so.1")
            .plan();
    assertThat(plan.notes())
        .containsExactly(
            new RepairNote.LoadedTwice("libxcb.so.1", List.of("libX11.so.6", "libxcb.so.1")));
    assertThat(plan.betterExcluded()).containsExactly("libxcb.so.1");
  }

  @Test
  void aLibraryToGraftHasTheNameItIsNeededByRatherThanItsPath() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-top.so")
            .library("libtop.so.1", "libtop.so.1")
            .exclude("libver*")
            .plan();
    assertThat(plan.notes())
        .extracting(RepairNote::sentence)
        .containsExactly("libver.so.1 is left out by --exclude libver*, needed by libtop.so.1");
  }

  @Test
  void oneNoteTellsOfAllFilesWithAnExecutableStack() throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory)
            .member("demo/a.so", "m-execstack.so")
            .member("demo/b.so", needing("m-execstack.so", "libver.so.1", "libver.so.2"))
            .library("libver.so.1", "libver.so.1")
            .library("libver.so.2", "libver.so.1")
            .plan();
    assertThat(plan.notes())
        .singleElement()
        .satisfies(
            note ->
                assertThat(note.sentence()).contains("--clear-execstack", "demo/a.so, demo/b.so"));
  }
}
