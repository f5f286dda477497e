// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.tags.module.ManylinuxModule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds out from the files of a system which tags it supports; nothing of it is run. */
public final class SystemInspector {
  /** Programs that tell the machine of a system without the Python that was asked for. */
  private static final List<String> PROGRAMS =
      List.of("/bin/sh", "/usr/bin/env", "/bin/bash", "/bin/ls", "/system/bin/sh", "/sbin/init");

  private final SystemTree system;
  private final TagQuestion question;
  private final Steps steps = new Steps();

  private SystemInspector(SystemTree system, TagQuestion question) {
    this.system = system;
    this.question = question;
  }

  /**
   * Returns the tags of a system.
   *
   * @throws IOException if the Python that is meant is not one, or nothing in the system tells what
   *     machine it is for
   */
  public static SystemTags inspect(SystemTree system, TagQuestion question) throws IOException {
    return new SystemInspector(system, question).inspect();
  }

  private SystemTags inspect() throws IOException {
    Optional<Installation> python = new PythonFinder(system, question).find();
    Optional<Interpreter> interpreter = interpreter(python);
    LibraryFile.Library program = python.isPresent() ? python.get().program() : otherProgram();
    MachineFacts machine =
        MachineFacts.of(
            program.elf().identity(), question.kernel().map(TagQuestion.Kernel::machine));
    question.kernel().ifPresent(kernel -> steps.add("kernel", kernel.machine(), kernel.source()));
    steps.add("machine", String.join(", ", machine.names()), "the header of " + program.realPath());
    Optional<LibcVersion> libc = new LibcReader(system, steps).read(program);
    Optional<ModuleFinder.Found> found = python.flatMap(new ModuleFinder(system, question)::find);
    steps.add(
        "_manylinux",
        found.isPresent() ? "read, not run" : "none",
        found.map(ModuleFinder.Found::path).orElse(searched(python)));
    Platforms platforms = platforms(machine, libc, found);
    return new SystemTags(
        interpreter,
        program.path(),
        machine.kernel(),
        libc,
        platforms,
        found.map(ModuleFinder.Found::path),
        steps.taken());
  }

  private String searched(Optional<Installation> python) {
    return python
        .map(
            installed ->
                String.join(
                    ", ",
                    new ModuleFinder(system, question)
                        .directories(installed).stream().filter(system::hasDirectory).toList()))
        .orElse("no Python to import it");
  }

  private Platforms platforms(
      MachineFacts machine, Optional<LibcVersion> libc, Optional<ModuleFinder.Found> found) {
    ManylinuxModule module =
        found.map(ModuleFinder.Found::module).orElseGet(() -> ManylinuxModule.of(""));
    Platforms platforms =
        question.pep571()
            ? new Pep571(machine, libc, module).platforms()
            : new PlatformRules(machine, libc, module).platforms();
    steps.add(
        "platforms",
        platforms.supported().size() + " tags",
        question.pep571() ? "PEP 571" : "PEP 600, 656 and 738");
    return platforms;
  }

  private Optional<Interpreter> interpreter(Optional<Installation> python) throws IOException {
    InterpreterReader reader = new InterpreterReader(steps);
    if (python.isPresent()) {
      return Optional.of(reader.read(system, python.get()));
    }
    if (question.python() instanceof PythonChoice.Version version) {
      return Optional.of(reader.usual(version));
    }
    steps.add("Python", "none", "no python3 in " + String.join(", ", question.programs()));
    return Optional.empty();
  }

  private LibraryFile.Library otherProgram() throws IOException {
    for (String path : PROGRAMS) {
      if (system.find(path) instanceof LibraryFile.Library program) {
        steps.add("program", path, "it stands in for the Python");
        return program;
      }
    }
    throw new IOException(
        "nothing tells what machine the system is for: expected a Python or one of "
            + String.join(", ", PROGRAMS));
  }
}
