// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.LibraryLocation;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * A library that is copied into the wheel.
 *
 * @param source where it comes from
 * @param neededAs the DT_NEEDED names that lead to it
 * @param member the name of the member it becomes
 * @param sha256 the SHA-256 of the source's content in hexadecimal digits
 * @param edits what is changed in it
 * @param patch the same, laid out and verified
 */
public record Graft(
    LibraryLocation.Outside source,
    List<String> neededAs,
    String member,
    String sha256,
    ElfEdits edits,
    ElfPatch patch) {
  public Graft {
    neededAs = List.copyOf(neededAs);
  }

  /**
   * Whether the source has some content.
   *
   * @param recordHash the SHA-256 as {@code RECORD} has it, in unpadded URL-safe base64
   */
  boolean hasContent(String recordHash) {
    byte[] digest = HexFormat.of().parseHex(sha256);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest).equals(recordHash);
  }

  /** The name of the file, which is its SONAME. */
  public String fileName() {
    return member.substring(member.lastIndexOf('/') + 1);
  }
}
