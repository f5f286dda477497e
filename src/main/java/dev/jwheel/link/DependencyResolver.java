package dev.jwheel.link;

import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.platform.Libc;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what a dynamic loader would load with a file.
 *
 * <p>One resolver serves any number of files and threads; what it saw of the system it remembers.
 */
public final class DependencyResolver {
  private final LoaderOptions options;
  private final Map<Machine, SystemPath> systemPaths = new ConcurrentHashMap<>();

  /** What the directories of a system depend on. */
  private record Machine(Libc libc, ElfIdentity identity, Optional<String> interpreter) {}

  public DependencyResolver(LoaderOptions options) {
    this.options = options;
  }

  /**
   * Builds the tree of one file.
   *
   * @param tree where the file is
   * @param root the file, as the tree gives it
   * @param libc whose loader's rules to follow; {@link LibcDetection} tells
   */
  public DependencyTree resolve(LibraryTree tree, LibraryFile.Library root, Libc libc) {
    Machine machine = new Machine(libc, root.elf().identity(), root.elf().interpreter());
    SystemPath system = systemPaths.computeIfAbsent(machine, this::systemPath);
    return new LinkMap(libc, options, system, tree, root).load();
  }

  private SystemPath systemPath(Machine machine) {
    if (options.ldpaths().isPresent()) {
      return new SystemPath(options.ldpaths().get(), List.of());
    }
    Target target = new Target(machine.identity);
    return switch (machine.libc) {
      case GLIBC -> LdSoConf.path(options.system(), target);
      case MUSL -> MuslPath.path(options.system(), target, machine.interpreter);
      case BIONIC -> BionicRules.path(options.system(), target);
    };
  }
}
