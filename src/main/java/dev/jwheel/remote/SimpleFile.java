// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.util.Map;
import java.util.Optional;

/**
 * A file that a project's page of a simple index lists (PEP 503, PEP 691).
 *
 * @param fileName the file's name
 * @param address where it is, as it stands in the page: possibly relative
 * @param hashes the hashes in hexadecimal small letters, by the names of hashlib: {@code sha256}
 * @param requiresPython which Pythons it is for, empty for all
 * @param yanked why it was yanked (PEP 592), an empty text without a reason
 */
public record SimpleFile(
    String fileName,
    String address,
    Map<String, String> hashes,
    String requiresPython,
    Optional<String> yanked) {

  public SimpleFile {
    hashes = Map.copyOf(hashes);
  }
}
