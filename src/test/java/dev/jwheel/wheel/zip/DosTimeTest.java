// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DosTimeTest {

  @Test
  void aTimeIsInUtcAndEven() {
    long second = LocalDateTime.of(2021, 3, 28, 2, 30, 59).toEpochSecond(ZoneOffset.UTC);
    int date = (2021 - 1980) << 9 | 3 << 5 | 28;
    assertThat(DosTime.ofEpochSecond(second)).isEqualTo(date << 16 | 2 << 11 | 30 << 5 | 29);
  }

  @Test
  void timesThatCannotBeWrittenAreTheNearest() {
    long start = LocalDateTime.of(1980, 1, 1, 0, 0, 0).toEpochSecond(ZoneOffset.UTC);
    long end = LocalDateTime.of(2107, 12, 31, 23, 59, 58).toEpochSecond(ZoneOffset.UTC);
    assertThat(DosTime.ofEpochSecond(start)).isEqualTo(DosTime.EARLIEST);
    assertThat(DosTime.ofEpochSecond(start - 1)).isEqualTo(DosTime.EARLIEST);
    assertThat(DosTime.ofEpochSecond(Long.MIN_VALUE)).isEqualTo(DosTime.EARLIEST);
    assertThat(DosTime.ofEpochSecond(end)).isEqualTo(DosTime.LATEST);
    assertThat(DosTime.ofEpochSecond(end + 2)).isEqualTo(DosTime.LATEST);
    assertThat(DosTime.ofEpochSecond(Long.MAX_VALUE)).isEqualTo(DosTime.LATEST);
  }
}
