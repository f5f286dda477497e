// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

/**
 * A package of a distribution.
 *
 * @param type the package URL type: {@code deb}, {@code apk} or {@code rpm}
 * @param distribution the distribution's identifier, the ID of os-release
 * @param name the package's name
 * @param version its version, with the epoch where it has one
 * @param architecture its architecture, as the distribution spells it
 */
public record InstalledPackage(
    String type, String distribution, String name, String version, String architecture) {

  /** Returns the canonical package URL. */
  public String purl() {
    return Purl.of(this);
  }
}
