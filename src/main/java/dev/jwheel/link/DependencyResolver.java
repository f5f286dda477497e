package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.platform.Libc;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what a dynamic loader would load with a file.
 *
 * <p>One resolver serves any number of files and threads; what it saw of the system it remembers.
 */
public final class DependencyResolver {
  private final LoaderOptions options;
  private final Map<String, SystemPath> systemPaths = new ConcurrentHashMap<>();

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
    SystemPath system =
        systemPaths.computeIfAbsent(machine(root.elf(), libc), key -> systemPath(root.elf(), libc));
    return new LinkMap(libc, options, system, tree, root).load();
  }

  /** What the directories of a system depend on. */
  private static String machine(ElfBinary elf, Libc libc) {
    ElfIdentity identity = elf.identity();
    return String.join(
        " ",
        libc.name(),
        identity.elfClass().name(),
        identity.order().toString(),
        String.valueOf(identity.osAbi()),
        String.valueOf(identity.machine()),
        String.valueOf(identity.flags()),
        elf.interpreter().orElse(""));
  }

  private SystemPath systemPath(ElfBinary elf, Libc libc) {
    if (options.ldpaths().isPresent()) {
      return new SystemPath(options.ldpaths().get(), List.of());
    }
    Target target = new Target(elf.identity());
    return switch (libc) {
      case GLIBC -> LdSoConf.path(options.system(), target);
      case MUSL -> MuslPath.path(options.system(), target, elf.interpreter());
      case BIONIC -> BionicRules.path(options.system(), target);
    };
  }
}
