// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0, 0",
    "99999999999999999999, 2147483647",
    "'Sun, 06 Nov 1994 08:49:37 GMT', 37",
    "'Sun, 06 Nov 1994 08:48:37 GMT', 0",
    "soon, ",
    "-1, ",
    "'', "
  })
  void aServerNamesSecondsOrATime(String value, Long seconds) {
    RemoteResponse response =
        new RemoteResponse(503, Map.of("retry-after", List.of(value)), new byte[0], true);
    assertThat(
            RetryAfter.of(response, Instant.parse("1994-11-06T08:49:00Z")).map(Duration::toSeconds))
        .isEqualTo(java.util.Optional.ofNullable(seconds));
  }
}
