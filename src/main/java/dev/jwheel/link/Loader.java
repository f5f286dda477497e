// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.platform.Libc;
import java.util.List;
import java.util.Optional;

/**
 * The dynamic loader of one machine: what all its programs and libraries have in common.
 *
 * @param libc the C library that it is part of
 * @param runPath how it reads DT_RPATH and DT_RUNPATH
 * @param rules where it looks
 */
record Loader(Libc libc, RunPath runPath, LoaderRules rules) {

  static Loader of(
      Libc libc, LoaderNames target, Optional<String> interpreter, LoaderOptions options) {
    Hwcaps hwcaps = libc == Libc.GLIBC ? Hwcaps.of(target, options.isaLevel()) : Hwcaps.NONE;
    RunPath runPath = new RunPath(libc, target, options.system(), hwcaps);
    SearchPath environment = SearchPath.of(options.environment(), hwcaps, List.of());
    SystemPath system = system(libc, target, interpreter, options, hwcaps);
    LoaderRules rules =
        switch (libc) {
          case GLIBC -> new GlibcRules(runPath, environment, system);
          case MUSL -> new MuslRules(runPath, environment, system);
          case BIONIC -> new BionicRules(runPath, environment, system);
        };
    return new Loader(libc, runPath, rules);
  }

  private static SystemPath system(
      Libc libc,
      LoaderNames target,
      Optional<String> interpreter,
      LoaderOptions options,
      Hwcaps hwcaps) {
    if (options.ldpaths().isPresent()) {
      return SystemPath.of(SearchPath.of(options.ldpaths().get(), hwcaps, List.of()));
    }
    return switch (libc) {
      case GLIBC -> LdSoConf.path(options.system(), target, hwcaps);
      case MUSL -> MuslPath.path(options.system(), target, interpreter);
      case BIONIC -> BionicRules.path(options.system(), target);
    };
  }
}
