// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import java.util.List;
import java.util.Optional;

/**
 * The tags that a system supports.
 *
 * @param interpreter its Python; empty where it has none and no version was asked for
 * @param program the path of the Python, or of the program that stands in for it
 * @param machine the kernel's name of the machine
 * @param libc the C library of the program; empty if it has none that tags speak of
 * @param platforms the platform tags
 * @param module the path of the {@code _manylinux} module, where there is one
 * @param steps how this was found out
 */
public record SystemTags(
    Optional<Interpreter> interpreter,
    String program,
    String machine,
    Optional<LibcVersion> libc,
    Platforms platforms,
    Optional<String> module,
    List<Step> steps) {
  public SystemTags {
    steps = List.copyOf(steps);
  }

  /** Returns every supported tag, best first; none without a Python. */
  public List<Tag> tags() {
    return interpreter.map(python -> python.tags(platforms.supported())).orElse(List.of());
  }
}
