// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The time format of zip headers (APPNOTE 4.4.6): two seconds exact, from 1980 to 2107, without a
 * time zone. The date is in the upper, the time of day in the lower half.
 */
public final class DosTime {

  /** Midnight of the first of January 1980, the earliest time there is. */
  public static final int EARLIEST = 0x00210000;

  /** Two seconds before the end of 2107, the latest time there is. */
  public static final int LATEST = 0xff9fbf7d;

  private static final int FIRST_YEAR = 1980;
  private static final int LAST_YEAR = 2107;
  private static final long MAX_SECOND = 10_000_000_000L;

  private DosTime() {}

  /**
   * The time, in UTC, of a {@code SOURCE_DATE_EPOCH}; the nearest that can be written where it is
   * before 1980 or after 2107.
   *
   * @param second seconds since the first of January 1970
   */
  public static int ofEpochSecond(long second) {
    long near = Math.max(-MAX_SECOND, Math.min(MAX_SECOND, second));
    LocalDateTime time = LocalDateTime.ofEpochSecond(near, 0, ZoneOffset.UTC);
    if (time.getYear() < FIRST_YEAR) {
      return EARLIEST;
    }
    if (time.getYear() > LAST_YEAR) {
      return LATEST;
    }
    int date = time.getYear() - FIRST_YEAR << 9 | time.getMonthValue() << 5 | time.getDayOfMonth();
    return date << 16 | time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() >> 1;
  }
}
