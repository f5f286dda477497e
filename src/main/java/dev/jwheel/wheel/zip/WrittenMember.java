// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel.zip;

/**
 * A member as it was written.
 *
 * @param name its name
 * @param size the size of its content in bytes
 * @param sha256 the SHA-256 of its content, in unpadded base64 of RFC 4648 section 5 as {@code
 *     RECORD} has it
 */
public record WrittenMember(String name, long size, String sha256) {

  /** Whether the member is a directory: its name ends with a slash. */
  public boolean isDirectory() {
    return name.endsWith("/");
  }
}
