// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LicenseExpressionTest {

  @ParameterizedTest
  @CsvSource({
    "mit, MIT",
    "mit and (apache-2.0 or bsd-2-clause), MIT AND (Apache-2.0 OR BSD-2-Clause)",
    "GPL-2.0-ONLY with classpath-exception-2.0, GPL-2.0-only WITH Classpath-exception-2.0",
    "((mit)), ((MIT))",
    "apache-2.0+, Apache-2.0+",
    "LICENSEREF-My.Own and licenseref-my.own, LicenseRef-My.Own AND LicenseRef-My.Own"
  })
  void anExpressionHasOneCanonicalForm(String text, String canonical)
      throws MetadataSyntaxException {
    assertThat(LicenseExpression.parse(text)).hasToString(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NoSuch-1.0",
        "MIT AND",
        "AND MIT",
        "MIT MIT",
        "MIT XOR MIT",
        "(MIT",
        "MIT)",
        "()",
        "MIT WITH MIT",
        "MIT WITH",
        "MIT WITH (Bison-exception-2.2)",
        "(MIT) WITH Bison-exception-2.2",
        "LicenseRef-",
        "LicenseRef-a_b",
        "LicenseRef-a+",
        "LicenseRef-\u00e9",
        "MIT WITH Bison-exception-2.2 WITH Bison-exception-2.2",
        "Bison-exception-2.2"
      })
  void anythingElseIsNotAnExpression(String text) {
    assertThatThrownBy(() -> LicenseExpression.parse(text))
        .isInstanceOf(MetadataSyntaxException.class);
  }

  @Test
  void deprecatedIdentifiersAreNamed() throws MetadataSyntaxException {
    assertThat(LicenseExpression.parse("gpl-2.0+ or MIT").deprecated()).containsExactly("GPL-2.0");
    assertThat(LicenseExpression.parse("GPL-2.0-or-later").deprecated()).isEmpty();
  }

  @Test
  void parenthesesHaveALimitAndNoRecursion() {
    String text = "(".repeat(100_000) + "MIT" + ")".repeat(100_000);
    assertThatThrownBy(() -> LicenseExpression.parse(text))
        .isInstanceOf(MetadataSyntaxException.class);
  }
}
