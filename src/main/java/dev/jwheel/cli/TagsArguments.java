// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.Architecture;
import dev.jwheel.tags.PythonChoice;
import dev.jwheel.tags.SystemInspector;
import dev.jwheel.tags.SystemTags;
import dev.jwheel.tags.TagQuestion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options that say whose tags are asked for. */
final class TagsArguments {
  private static final int PEP = 571;
  private static final Path KERNEL = Path.of("/proc/sys/kernel/arch");

  private final Arguments arguments;
  private final Argument<String> sysroot;
  private final Argument<String> python;
  private final Argument<String> machine;
  private final Argument<Integer> pep;

  /** Adds them to the arguments of a command. */
  TagsArguments(Arguments arguments) {
    this.arguments = arguments;
    sysroot =
        arguments.text(
            "DIR|ARCHIVE",
            "Look at this directory tree, or this .tar, .tar.gz, .tar.xz, .tar.zst or .deb file,"
                + " instead of the host.",
            "--sysroot");
    python =
        arguments.text(
            "VERSION|PROGRAM",
            "The Python: a version such as 3.13, with ABI flags 3.13t, installed or not; or the"
                + " path of a program. By default that of the active virtual environment, else"
                + " python3 of the PATH.",
            "--python");
    machine =
        arguments.text(
            "NAME",
            "The machine by the kernel, as uname -m prints it; by default the host's, with"
                + " --sysroot that of the Python's program.",
            "--machine");
    pep =
        arguments.number(
            "571",
            "Go by the letter of PEP 571, where a _manylinux module counts more than glibc.",
            "--pep");
  }

  /**
   * Returns the tags of the system that the options name.
   *
   * @throws IOException if it cannot be read, or is not a Linux system
   */
  SystemTags inspect(Console console) throws IOException {
    if (pep.given().isPresent() && pep.value() != PEP) {
      throw arguments.wrongUsage("--pep " + pep.value() + ": expected 571");
    }
    if (machine.value().indexOf('/') >= 0 || machine.value().indexOf(' ') >= 0) {
      throw arguments.wrongUsage("--machine " + machine.value() + ": expected a name like x86_64");
    }
    Optional<TagQuestion.Kernel> kernel =
        machine
            .given()
            .filter(name -> !name.isEmpty())
            .map(name -> new TagQuestion.Kernel(name, machine.name()));
    if (!sysroot.value().isEmpty()) {
      SystemTree tree = SystemTree.of(console.directory().resolve(sysroot.value()));
      return SystemInspector.inspect(
          tree, TagQuestion.ofSysroot(choice(""), kernel, pep.value() == PEP));
    }
    if (File.separatorChar == '\\' || !Files.isDirectory(Path.of("/proc/self"))) {
      throw new IOException("the host is not a Linux system; --sysroot names the files of one");
    }
    return SystemInspector.inspect(SystemTree.host(), host(console, kernel));
  }

  private TagQuestion host(Console console, Optional<TagQuestion.Kernel> kernel) {
    String pyenv = console.variable("PYENV_VERSION");
    String environment = console.variable("VIRTUAL_ENV");
    return new TagQuestion(
        choice(absolute(console, "") + "/"),
        kernel.or(TagsArguments::ofHost),
        directories(console, console.variable("PATH")),
        environment.isEmpty() ? Optional.empty() : Optional.of(absolute(console, environment)),
        directories(console, console.variable("PYTHONPATH")),
        pyenv.isEmpty() ? Optional.empty() : Optional.of(pyenv),
        absolute(console, ""),
        pep.value() == PEP);
  }

  private PythonChoice choice(String directory) {
    if (python.given().isEmpty()) {
      return new PythonChoice.Usual();
    }
    Optional<PythonChoice> version = PythonChoice.ofVersion(python.value());
    if (version.isPresent()) {
      return version.get();
    }
    if (python.value().indexOf('/') < 0) {
      throw arguments.wrongUsage(
          "--python "
              + python.value()
              + ": expected a version such as 3.13, or the path of a program");
    }
    return new PythonChoice.Program(
        python.value().startsWith("/") ? python.value() : directory + python.value());
  }

  private static List<String> directories(Console console, String list) {
    List<String> directories = new ArrayList<>();
    for (String entry : list.split(File.pathSeparator)) {
      if (!entry.isEmpty()) {
        directories.add(absolute(console, entry));
      }
    }
    return directories;
  }

  private static String absolute(Console console, String path) {
    return console.directory().resolve(path).toAbsolutePath().normalize().toString();
  }

  /** The kernel says it since Linux 6.1; before, that of the Java that runs. */
  private static Optional<TagQuestion.Kernel> ofHost() {
    try {
      String name = Files.readString(KERNEL).strip();
      if (!name.isEmpty()) {
        return Optional.of(new TagQuestion.Kernel(name, KERNEL.toString()));
      }
    } catch (IOException e) {
      // An older kernel, or a sandbox without this file.
    }
    String name = System.getProperty("os.arch", "");
    return Architecture.ofTagName(name)
        .map(found -> new TagQuestion.Kernel(found.tagName(), "the Java that runs jwheel"));
  }
}
