// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

/** The kinds of distributions that an index takes. */
public enum DistributionKind {
  /** A built distribution (PEP 427). */
  WHEEL("bdist_wheel"),
  /** A source distribution. */
  SDIST("sdist");

  private final String fileType;

  DistributionKind(String fileType) {
    this.fileType = fileType;
  }

  /** The name of the kind in the index's form. */
  public String fileType() {
    return fileType;
  }
}
