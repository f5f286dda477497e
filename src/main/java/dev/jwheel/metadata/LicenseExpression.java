// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.List;

/**
 * A licence expression (SPDX, annex D; PEP 639).
 *
 * @param text the canonical form: identifiers and operators in their own letter case
 * @param deprecated the identifiers in it that the SPDX list deprecates
 */
record LicenseExpression(String text, List<String> deprecated) {

  public LicenseExpression {
    deprecated = List.copyOf(deprecated);
  }

  /**
   * Reads an expression, in any letter case.
   *
   * @throws MetadataSyntaxException if it is not one or names a licence that the list lacks
   */
  public static LicenseExpression parse(String text) throws MetadataSyntaxException {
    return parse(text, LicenseList.read());
  }

  static LicenseExpression parse(String text, LicenseList list) throws MetadataSyntaxException {
    return new LicenseParser(text, list).expression();
  }

  @Override
  public String toString() {
    return text;
  }
}
