// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.text;

import dev.jwheel.check.StableAbiNeed;
import dev.jwheel.cli.terminal.Page;
import dev.jwheel.cli.terminal.Table;
import java.util.List;
import java.util.SortedMap;

/** What a wheel's files say of their making: the stable ABI they need, and their compilers. */
final class OriginText {
  private OriginText() {}

  /** {@code Python ABI: abi3, needs 3.9 (PyCMethod_New), tagged 3.8}. */
  static String pythonAbi(StableAbiNeed need) {
    String needs =
        need.newest()
            .map(symbol -> "needs " + symbol.since() + " (" + symbol.name() + ")")
            .orElse("uses no symbol of it");
    return "Python ABI: "
        + need.abi()
        + ", "
        + needs
        + need.tagged().map(version -> ", tagged " + version).orElse("");
  }

  static void printToolchains(Page page, SortedMap<String, List<String>> toolchains) {
    if (toolchains.isEmpty()) {
      return;
    }
    Table table = new Table("  ", List.of("file", "compilers"));
    toolchains.forEach(
        (file, names) -> table.row(file, names.isEmpty() ? "unknown" : String.join(", ", names)));
    page.section("Toolchains", table);
  }
}
