// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShellPatternTest {

  @ParameterizedTest
  @CsvSource({
    "libfoo.so, libfoo.so",
    "libfoo*, libfoo.so.1",
    "*, a/b/c",
    "/opt/*, /opt/a/b.so",
    "*foo*, libfoo.so",
    "libfoo.so.?, libfoo.so.1",
    "lib[abc].so, libb.so",
    "lib[a-f].so, libd.so",
    "lib[!a-f].so, libx.so",
    "lib[]x].so, lib].so",
    "lib[-x].so, lib-.so",
    "lib[, lib[",
    "a*b*c, aXbbYc",
  })
  void matches(String pattern, String text) {
    assertThat(ShellPattern.of(pattern).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "libfoo.so, libfoo.so.1",
    "libfoo.so, LIBFOO.so",
    "libfoo.so.?, libfoo.so.12",
    "libfoo.so.?, libfoo.so.",
    "lib[abc].so, libd.so",
    "lib[!a-f].so, liba.so",
    "lib[^x].so, liby.so",
    "a*b*c, aXcYb",
  })
  void doesNotMatch(String pattern, String text) {
    assertThat(ShellPattern.of(pattern).matches(text)).isFalse();
  }

  @Property
  void aTextWithoutWildcardsMatchesItselfAlone(
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 4) String pattern,
      @ForAll @CharRange(from = 'a', to = 'c') @StringLength(max = 4) String text) {
    assertThat(ShellPattern.of(pattern).matches(text)).isEqualTo(pattern.equals(text));
  }

  @Property
  void starsAndQuestionMarksMeanWhatTheRegularExpressionMeans(
      @ForAll @Chars({'a', 'b', '*', '?'}) @StringLength(max = 8) String pattern,
      @ForAll @CharRange(from = 'a', to = 'b') @StringLength(max = 8) String text) {
    String expression = pattern.replace("*", ".*").replace('?', '.');

    assertThat(ShellPattern.of(pattern).matches(text)).isEqualTo(text.matches(expression));
  }
}
