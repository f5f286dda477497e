// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A.B-C_D|A.B-C_D",
        "name>=3,<2|name<2,>=3",
        "name ( >= 3 )|name>=3",
        "name()|name",
        "name[b, a]|name[a,b]",
        "name[]|name",
        "name>=1,|name>=1",
        "name@http://foo.com|name @ http://foo.com",
        "name [fred,bar] @ http://foo.com ; python_version=='2.7'"
            + "|name[bar,fred] @ http://foo.com ; python_version == \"2.7\"",
        "name[quux, strange];python_version<'2.7' and platform_version=='2'"
            + "|name[quux,strange]; python_version < \"2.7\" and platform_version == \"2\"",
        "name;extra=='Dev_Test'|name; extra == \"dev-test\"",
        "name===a b|!",
        "name_|name_"
      })
  void aRequirementHasOneUsualForm(String text, String usual) throws MetadataSyntaxException {
    if (usual.equals("!")) {
      assertThatThrownBy(() -> Requirement.parse(text)).isInstanceOf(MetadataSyntaxException.class);
    } else {
      assertThat(Requirement.parse(text)).hasToString(usual);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-name",
        "name-",
        "name>=1 <2",
        "name>=",
        "name[a",
        "name[a b]",
        "name[a,]",
        "name,>=1",
        "name>=1\n",
        "name @",
        "name@http://foo.com;python_version=='2'x y",
        "name;",
        "name; python_version",
        "name (>=1",
        "name >=1.0.* ",
        "f\u00f6o"
      })
  void anythingElseIsNotARequirement(String text) {
    assertThatThrownBy(() -> Requirement.parse(text))
        .isInstanceOf(MetadataSyntaxException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void aUrlEndsAtTheFirstSpace() throws MetadataSyntaxException {
    Requirement requirement = Requirement.parse("name @ file:///a;b ; os_name=='x'");
    assertThat(requirement.url()).contains("file:///a;b");
    assertThat(requirement.marker()).isPresent();
  }

  @Test
  void parenthesesAreRemembered() throws MetadataSyntaxException {
    assertThat(Requirement.parse("a (>=1)").parenthesised()).isTrue();
    assertThat(Requirement.parse("a>=1").parenthesised()).isFalse();
  }
}
