// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.policy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The symbols of Python's stable ABI (PEP 384 and 652): {@code policies/python/stable-abi.json}.
 * The file is read by every call of {@link #builtIn}, so that a wheel without abi3 costs nothing.
 */
public final class StableAbi {
  private static final String RESOURCE = "stable-abi.json";
  private static final Set<String> KEYS = JsonValue.keys("source", "since", "conditions", "abi3t");

  private final String source;
  private final Map<String, StableSymbol> symbols;
  private final Set<String> missing;
  private final Set<String> opaque;

  private StableAbi(
      String source, Map<String, StableSymbol> symbols, Set<String> missing, Set<String> opaque) {
    this.source = source;
    this.symbols = symbols;
    this.missing = missing;
    this.opaque = opaque;
  }

  /** Reads the stable ABI that comes with the program. */
  public static StableAbi builtIn() {
    try (InputStream stream = StableAbi.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      return read(JsonValue.read(RESOURCE, stream.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the stable ABI that comes with the program is unreadable", e);
    }
  }

  static StableAbi read(JsonValue file) throws PolicyFormatException {
    file.allowingKeys(KEYS);
    Map<String, BuildCondition> conditions = new HashMap<>();
    for (JsonValue.Member condition : file.membersOf("conditions")) {
      for (String name : condition.value().texts()) {
        conditions.put(name, BuildCondition.read(condition.key()));
      }
    }
    Map<String, StableSymbol> symbols = new HashMap<>();
    for (JsonValue.Member version : file.membersOf("since")) {
      DottedNumber.check(version.key());
      for (JsonValue name : version.value().items()) {
        String text = name.text();
        Optional<BuildCondition> condition = Optional.ofNullable(conditions.remove(text));
        if (symbols.put(text, new StableSymbol(text, version.key().text(), condition)) != null) {
          throw name.wrong("the symbol \"" + text + "\" stands here for the second time");
        }
      }
    }
    if (!conditions.isEmpty()) {
      throw file.wrong("no version has " + conditions.keySet().iterator().next());
    }
    Set<String> missing = new HashSet<>();
    Set<String> opaque = new HashSet<>();
    Optional<JsonValue> abi3t = file.find("abi3t");
    if (abi3t.isPresent()) {
      missing.addAll(abi3t.get().textsOf("missing"));
      opaque.addAll(abi3t.get().textsOf("opaque"));
    }
    return new StableAbi(
        file.textOf("source"), Map.copyOf(symbols), Set.copyOf(missing), Set.copyOf(opaque));
  }

  /** Returns where the facts come from. */
  public String source() {
    return source;
  }

  /** Returns how many symbols there are. */
  public int size() {
    return symbols.size();
  }

  /** Returns what is known of a symbol; empty if the stable ABI does not have it. */
  public Optional<StableSymbol> symbol(String name) {
    return Optional.ofNullable(symbols.get(name));
  }

  /**
   * Returns the symbol that is in the stable ABI since the newest version, the first by name of
   * several; empty if none of the names is in the stable ABI. Symbols that are not do not count.
   */
  public Optional<StableSymbol> newest(Collection<String> names) {
    StableSymbol newest = null;
    for (String name : names) {
      StableSymbol symbol = symbols.get(name);
      if (symbol != null && (newest == null || symbol.isNewerThan(newest))) {
        newest = symbol;
      }
    }
    return Optional.ofNullable(newest);
  }

  /**
   * Whether a free-threaded interpreter gives a symbol to an abi3t module (PEP 803): functions that
   * take a {@code PyModuleDef} cannot work there.
   */
  public boolean isInAbi3t(String name) {
    return symbols.containsKey(name) && !missing.contains(name);
  }

  /** Returns the structures whose members abi3 modules may use and abi3t modules may not. */
  public Set<String> opaqueInAbi3t() {
    return opaque;
  }
}
