// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecifierSetTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "==1.0|1|true",
        "==1.0|1.0+local|true",
        "==1.0+local|1.0|false",
        "!=1.0|1.0+local|false",
        "!=1.0+local|1.0|true",
        "==1.2.*|1.2.dev1|true",
        "==1.2.*|1.20|false",
        "==1.0.*|1|true",
        "!=1.2.*|1.2.9|false",
        "~=1.4.5|1.4.9|true",
        "~=1.4.5|1.5|false",
        "~=2.2.post3|2.3|true",
        "~=1.4.5a4|1.4.5a3|false",
        "<=1.0|1.0+local|true",
        "<=1.0|1.0.post1|false",
        ">=1.0|1.0+local|true",
        "<1.0|1.0a1|false",
        "<1.0a2|1.0a1|true",
        "<1.0.post1|1.0.post1.dev0|false",
        "<1.0.post1|1.0|true",
        ">1.0|1.0.post1|false",
        ">1.0|1.0+local|false",
        ">1.0.post1|1.0.post2|true",
        ">1.0.post1|1.0.post1+local|false",
        ">1.0.dev1|1.0.dev1+local|false",
        ">1.0a1|1.0a1.post1|false",
        ">1.0a1|1.0a2.dev1|true",
        "===Foo.Bar|foo.bar|true",
        "===1.0|1|false",
        ">=1!0|99|false",
        ">=1,!=1.3|1.3|false",
        ">=1|nonsense|false"
      })
  void aVersionSatisfiesASetAsPep440Says(String set, String version, boolean expected)
      throws MetadataSyntaxException {
    assertThat(SpecifierSet.parse(set).contains(version)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "=1.0",
        ">=1.*",
        "~=1",
        ">=1.0+local",
        "==1.0a1.*",
        "==",
        "===",
        "===a b",
        ">1,2",
        "==1.0 .*",
        "~=1.0+a"
      })
  void anythingElseIsNotASet(String text) {
    assertThatThrownBy(() -> SpecifierSet.parse(text)).isInstanceOf(MetadataSyntaxException.class);
  }

  @Test
  void clausesAreSortedAndEachStandsOnce() throws MetadataSyntaxException {
    assertThat(SpecifierSet.parse(" >=1.0 , ,<2,>= 1.0.0,")).hasToString("<2,>=1.0");
    assertThat(SpecifierSet.parse("~=1.0,~=1.0.0")).hasToString("~=1.0,~=1.0.0");
  }
}
