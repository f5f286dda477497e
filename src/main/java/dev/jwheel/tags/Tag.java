// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

/**
 * A tag triple (PEP 425).
 *
 * @param python the Python tag, such as {@code cp311}
 * @param abi the ABI tag, such as {@code none}
 * @param platform the platform tag, such as {@code manylinux_2_17_x86_64}
 */
public record Tag(String python, String abi, String platform) {

  @Override
  public String toString() {
    return python + "-" + abi + "-" + platform;
  }
}
