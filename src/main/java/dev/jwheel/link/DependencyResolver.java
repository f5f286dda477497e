// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.LibraryTree;
import dev.jwheel.platform.Libc;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds what a dynamic loader would load with a file.
 *
 * <p>One resolver serves any number of files and threads; what it saw of the system it remembers.
 */
public final class DependencyResolver {
  private final LoaderOptions options;
  private final Map<String, Loader> loaders = new ConcurrentHashMap<>();

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
    LoaderNames target = new LoaderNames(root.elf().identity());
    Loader loader =
        loaders.computeIfAbsent(
            machine(root.elf(), libc),
            key -> Loader.of(libc, target, root.elf().interpreter(), options));
    return new LinkMap(loader, options, tree, root).load();
  }

  /** What a loader depends on. */
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
}
