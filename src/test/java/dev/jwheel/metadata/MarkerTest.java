// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  private static final MarkerEnvironment ENVIRONMENT =
      MarkerEnvironment.of(
          Map.of(
              MarkerVariable.PYTHON_VERSION, "3.11",
              MarkerVariable.PYTHON_FULL_VERSION, "3.11.7+",
              MarkerVariable.OS_NAME, "posix",
              MarkerVariable.SYS_PLATFORM, "linux",
              MarkerVariable.PLATFORM_RELEASE, "5.10.0-18-amd64",
              MarkerVariable.EXTRA, "Dev_Test"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "python_version >= '3.8'|true",
        "python_version < '3.2'|false",
        "'3.8' <= python_version|true",
        "python_version in '2.7 3.11'|true",
        "python_version not in '2.7 3.1'|true",
        "python_version == '3.*'|true",
        "python_full_version == '3.11.7'|true",
        "os_name == 'posix' and sys_platform == 'win32'|false",
        "os_name == 'nt' and sys_platform == 'win32' or os_name == 'posix'|true",
        "os_name == 'posix' or os_name == 'nt' and sys_platform == 'win32'|true",
        "(os_name == 'posix' or os_name == 'nt') and sys_platform == 'win32'|false",
        "os_name <= 'posix'|true",
        "os_name < 'q'|false",
        "platform_release >= '5'|false",
        "extra == 'dev.test'|true",
        "'dev-TEST' != extra|false",
        "os.name == 'posix'|true",
        "os_name == 'po\\x73ix'|true"
      })
  void aMarkerIsTrueOfAnEnvironmentAsPep508Says(String text, boolean expected) throws Exception {
    assertThat(Marker.parse(text).matches(ENVIRONMENT)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "os_name ~= 'posix'",
        "os_name === 'posix'",
        "platform_machine == 'x86_64'",
        "'a' == 'b'",
        "'a' in extras",
        "extras == 'a'"
      })
  void aComparisonWithoutMeaningIsUndefined(String text) throws Exception {
    Marker marker = Marker.parse(text);
    assertThatThrownBy(() -> marker.matches(ENVIRONMENT))
        .isInstanceOf(UndefinedComparisonException.class);
  }

  @Test
  void aSetHasItsMembersInAnySpelling() throws Exception {
    MarkerEnvironment environment = ENVIRONMENT.with(MarkerVariable.EXTRAS, List.of("A_b"));
    assertThat(Marker.parse("'a-B' in extras").matches(environment)).isTrue();
    assertThat(Marker.parse("'c' not in extras").matches(environment)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "os_name",
        "os_name ==",
        "os_name == posix",
        "os_name == 'posix",
        "os_name is 'x'",
        "os_name notin 'x'",
        "(os_name == 'x'",
        "os_name == 'x') ",
        "os_name == 'x' xor os_name == 'y'",
        "os_name == 'x'and",
        "unknown == 'x'",
        "os_name == 'a\\x4'",
        "python_version3 == 'x'"
      })
  void anythingElseIsNotAMarker(String text) {
    assertThatThrownBy(() -> Marker.parse(text)).isInstanceOf(MetadataSyntaxException.class);
  }

  @Test
  void parenthesesStayOnlyWhereTheyGroup() throws Exception {
    assertThat(Marker.parse("((os_name == 'x'))")).hasToString("os_name == \"x\"");
    assertThat(Marker.parse("(os_name=='x' or os_name=='y') and python_implementation=='\"'"))
        .hasToString(
            "(os_name == \"x\" or os_name == \"y\") and platform_python_implementation == '\"'");
  }

  @Test
  void twoHundredParenthesesAreReadAndMoreAreRefused() throws Exception {
    assertThat(Marker.parse(nested(200))).hasToString("os_name == \"x\"");
    for (int depth : new int[] {201, 1000, 1_000_000}) {
      assertThatThrownBy(() -> Marker.parse(nested(depth)))
          .isInstanceOf(MetadataSyntaxException.class)
          .hasMessageContaining("200 nested parentheses");
    }
  }

  private static String nested(int depth) {
    return "(".repeat(depth) + "os_name == 'x'" + ")".repeat(depth);
  }
}
