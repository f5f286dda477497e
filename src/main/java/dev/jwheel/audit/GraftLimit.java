package dev.jwheel.audit;

import java.util.List;

/**
 * What grafting the external libraries that were found here would do to the tag; it depends on this
 * host or sysroot and is no part of the verdict.
 *
 * @param tag the best tag that is left, in PEP 600 spelling
 * @param culprits the version needs of those libraries that rule out a better tag
 */
public record GraftLimit(String tag, List<Culprit> culprits) {
  public GraftLimit {
    culprits = List.copyOf(culprits);
  }

  /**
   * A version need of a library outside the wheel.
   *
   * @param path the library
   * @param version what it needs
   * @param of the library it needs it of
   */
  public record Culprit(String path, String version, String of) {}
}
