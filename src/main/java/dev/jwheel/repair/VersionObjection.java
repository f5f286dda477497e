package dev.jwheel.repair;

import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A symbol version that a policy does not have, told with everything that has to do with it. */
final class VersionObjection {
  private static final int SYMBOLS = 5;

  private VersionObjection() {}

  /**
   * The sentence.
   *
   * @param file the file that needs the version
   * @param version the version
   * @param library the library it is needed of
   * @param symbols the symbols bound to it
   * @param first the first policy that has the version
   */
  static String of(
      String file, String version, String library, List<String> symbols, Optional<Policy> first) {
    List<String> culprits = new ArrayList<>();
    for (String symbol : symbols.subList(0, Math.min(SYMBOLS, symbols.size()))) {
      culprits.add(symbol + "@" + version);
    }
    if (symbols.size() > SYMBOLS) {
      culprits.add("and " + (symbols.size() - SYMBOLS) + " more");
    }
    String what = culprits.isEmpty() ? "" : " (" + String.join(", ", culprits) + ")";
    String since =
        first.map(policy -> policy.name() + " is the first to have it").orElse("no policy has it");
    return file + " needs " + version + " of " + library + what + "; " + since;
  }

  /** The symbols that are bound to a version of a library, in table order. */
  static List<String> symbols(List<UndefinedSymbol> all, String version, String library) {
    UndefinedSymbol.VersionReference reference =
        new UndefinedSymbol.VersionReference(library, version);
    return all.stream()
        .filter(symbol -> symbol.version().equals(Optional.of(reference)))
        .map(UndefinedSymbol::name)
        .toList();
  }
}
