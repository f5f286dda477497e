package dev.jwheel.audit;

import java.util.List;

/**
 * What grafting the external libraries that were found here would do to the tag; it depends on this
 * host or sysroot and is no part of the verdict.
 *
 * @param tag the best tag that is left, in PEP 600 spelling; {@code linux_ARCH} if none is
 * @param culprits what of those libraries rules out the next better tag, as if they lay in the
 *     wheel; the files are named by their real paths
 */
public record GraftLimit(String tag, List<Finding> culprits) {
  public GraftLimit {
    culprits = List.copyOf(culprits);
  }
}
