// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.patch.ElfPatch;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A library or program beside a copy that was edited as a repair edits it, and a place where a
 * loader finds what both need.
 *
 * @param machine the machine it is for
 * @param original the file before the edit
 * @param edited the file after the edit
 * @param names a directory that holds every needed library under its old name and its new one
 * @param edit what was asked for
 * @param patch how the editor did it
 */
public record Graft(
    Machine machine, Path original, Path edited, Path names, RepairEdit edit, ElfPatch patch)
    implements AutoCloseable {

  /** What fixtures need under a name that no file has. */
  private static final Map<String, String> STAND_INS =
      Map.of("libvendor.so.1", "vendor.so", "libdep-deadbeef.so.1", "libdep.so.1");

  /** The function by which most fixtures prove that they were relocated and bound correctly. */
  private static final String ANSWER = "normal_answer";

  /** Edits a copy of a file into a directory. */
  static Graft of(Machine machine, Path original, Wanted wanted, Path directory) throws Exception {
    RepairEdit edit = RepairEdit.of(original, wanted);
    Path names = Files.createDirectory(directory.resolve("names"));
    for (String needed : edit.before().needed()) {
      Optional<Path> library = find(machine, original, needed);
      if (library.isPresent()) {
        Files.createSymbolicLink(names.resolve(needed), library.get());
        if (!needed.equals(RepairEdit.renamed(needed))) {
          Files.createSymbolicLink(names.resolve(RepairEdit.renamed(needed)), library.get());
        }
      }
    }
    Path edited = directory.resolve(original.getFileName());
    ElfPatch patch = edit.write(original, edited);
    return new Graft(machine, original, edited, names, edit, patch);
  }

  private static Optional<Path> find(Machine machine, Path original, String needed) {
    Path fixture = original.resolveSibling(STAND_INS.getOrDefault(needed, needed));
    if (original.startsWith(machine.fixtures()) && Files.exists(fixture)) {
      return Optional.of(fixture);
    }
    return machine.systemLibraries(needed).stream().findFirst();
  }

  /**
   * What loadcheck says of the original, the edited one, or a changed copy of either. The DT_RPATH
   * that was asked for reads {@code ASKED}, however long it is.
   */
  public String load(Path library) {
    return machine.load(library, List.of(names), ANSWER).replace(edit.wanted().rpath(), "ASKED");
  }

  /** What a failed test calls it: file, machine, and how the editor found room. */
  public String name() {
    return original.getFileName() + " on " + machine + ", " + patch.layout().title();
  }

  /** What the original prints, or the edited one. */
  String run(Path program) {
    return machine.run(program, List.of(names), List.of());
  }

  /** What loadcheck should say of the edited library if it says {@code before} of the original. */
  public String loadsAsWellAs(String before) {
    String soname = edit.soname().orElse("-");
    return before
        .replaceFirst("soname=\\S+", "soname=" + Matcher.quoteReplacement(soname))
        .replaceFirst("rpath=\\S+", "rpath=ASKED");
  }

  /** Removes the links to the needed libraries. */
  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> links = Files.newDirectoryStream(names)) {
      for (Path link : links) {
        Files.delete(link);
      }
    }
  }
}
