// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

/**
 * How much an archive may inflate to before it is taken for a bomb.
 *
 * <p>Real members stay under 20 times; deflate itself ends at 1032 times. Small content is free,
 * since a page of zeros is no attack.
 *
 * @param ratio how many times larger than compressed a member, or all members, may be
 * @param freeMember content up to this many bytes a member is allowed at any ratio
 * @param freeTotal content up to this many bytes in all is allowed at any ratio
 */
public record ZipLimits(long ratio, long freeMember, long freeTotal) {

  /** 200 times, with 64 MiB a member and 1 GiB in all free. */
  public static final ZipLimits DEFAULT = new ZipLimits(200, 64L << 20, 1L << 30);

  boolean allowsMember(long compressedSize, long size) {
    return size <= freeMember || size / ratio <= compressedSize;
  }

  boolean allowsTotal(long archiveSize, long size) {
    return size <= freeTotal || size / ratio <= archiveSize;
  }
}
