// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.patch;

import dev.jwheel.io.ElfStrings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is wanted of one ELF file: all of it happens together, or nothing.
 *
 * <p>Names and paths are the bytes of the file's strings, one character a byte, as {@link
 * dev.jwheel.elf.ElfBinary} has them. Edits of DT_NEEDED entries happen in this order: removals,
 * replacements, additions; no entry is replaced twice.
 *
 * @param soname the new DT_SONAME; of no effect on an executable at a fixed address without one
 * @param replacedNeeded new DT_NEEDED names by their old ones; the version need table follows
 * @param replacedFilters new names of DT_FILTER and DT_AUXILIARY by their old ones
 * @param removedNeeded DT_NEEDED names to remove, with their version needs
 * @param addedNeeded DT_NEEDED names to add before the existing ones, unless they exist already
 * @param rpath what becomes of DT_RPATH and DT_RUNPATH
 * @param stack what becomes of the executable-stack flag
 * @param interpreter the new content of PT_INTERP
 * @param noDefaultLibraries whether to set DF_1_NODEFLIB
 * @param debugTag whether to add a DT_DEBUG where there is none
 * @param osAbi the new EI_OSABI
 * @param symbols what becomes of the dynamic symbols
 * @param strip whether to drop symbol table and debug sections first
 */
public record ElfEdits(
    Optional<String> soname,
    Map<String, String> replacedNeeded,
    Map<String, String> replacedFilters,
    Set<String> removedNeeded,
    List<String> addedNeeded,
    RpathEdit rpath,
    StackEdit stack,
    Optional<String> interpreter,
    boolean noDefaultLibraries,
    boolean debugTag,
    OptionalInt osAbi,
    SymbolEdits symbols,
    boolean strip) {

  /** Nothing wanted. */
  public static final ElfEdits NONE = builder().build();

  /**
   * @throws IllegalArgumentException if a name is empty or holds a character that is no byte or
   *     NUL, or if EI_OSABI is no byte
   */
  public ElfEdits {
    replacedNeeded = Collections.unmodifiableMap(new LinkedHashMap<>(replacedNeeded));
    replacedFilters = Collections.unmodifiableMap(new LinkedHashMap<>(replacedFilters));
    removedNeeded = Collections.unmodifiableSet(new LinkedHashSet<>(removedNeeded));
    addedNeeded = List.copyOf(new LinkedHashSet<>(addedNeeded));
    soname.ifPresent(name -> ElfStrings.checkName("a SONAME", name));
    interpreter.ifPresent(name -> ElfStrings.checkName("an interpreter", name));
    replacedNeeded.values().forEach(name -> ElfStrings.checkName("a needed library", name));
    replacedFilters.values().forEach(name -> ElfStrings.checkName("a filtered library", name));
    addedNeeded.forEach(name -> ElfStrings.checkName("a needed library", name));
    if (osAbi.isPresent() && (osAbi.getAsInt() & ~0xff) != 0) {
      throw new IllegalArgumentException("EI_OSABI must be a byte: " + osAbi.getAsInt());
    }
  }

  /** Whether nothing is wanted; a record's own comparison would take 20 ms the first time. */
  public boolean isEmpty() {
    return isHeaderOnly() && stack == StackEdit.KEEP && osAbi.isEmpty() && !strip;
  }

  /** Whether nothing is wanted but numbers of headers and a strip, which need no room. */
  public boolean isHeaderOnly() {
    boolean names =
        soname.isPresent()
            || !replacedNeeded.isEmpty()
            || !replacedFilters.isEmpty()
            || !removedNeeded.isEmpty()
            || !addedNeeded.isEmpty()
            || interpreter.isPresent();
    boolean paths = !(rpath instanceof RpathEdit.Keep) || noDefaultLibraries;
    return !names && !paths && !debugTag && symbols.isEmpty();
  }

  /** The same edits without stripping. */
  public ElfEdits withoutStrip() {
    return new ElfEdits(
        soname,
        replacedNeeded,
        replacedFilters,
        removedNeeded,
        addedNeeded,
        rpath,
        stack,
        interpreter,
        noDefaultLibraries,
        debugTag,
        osAbi,
        symbols,
        false);
  }

  /** Starts with nothing wanted. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects what is wanted. */
  public static final class Builder {
    private Optional<String> soname = Optional.empty();
    private final Map<String, String> replacedNeeded = new LinkedHashMap<>();
    private final Map<String, String> replacedFilters = new LinkedHashMap<>();
    private final Set<String> removedNeeded = new LinkedHashSet<>();
    private final List<String> addedNeeded = new ArrayList<>();
    private RpathEdit rpath = new RpathEdit.Keep();
    private StackEdit stack = StackEdit.KEEP;
    private Optional<String> interpreter = Optional.empty();
    private boolean noDefaultLibraries;
    private boolean debugTag;
    private OptionalInt osAbi = OptionalInt.empty();
    private SymbolEdits symbols = SymbolEdits.NONE;
    private boolean strip;

    private Builder() {}

    /** Sets DT_SONAME. */
    public Builder soname(String name) {
      soname = Optional.of(name);
      return this;
    }

    /** Replaces a DT_NEEDED name; a later replacement of the same name wins. */
    public Builder replaceNeeded(String oldName, String newName) {
      replacedNeeded.put(oldName, newName);
      return this;
    }

    /** Replaces a name of DT_FILTER or DT_AUXILIARY. */
    public Builder replaceFilter(String oldName, String newName) {
      replacedFilters.put(oldName, newName);
      return this;
    }

    /** Removes a DT_NEEDED name. */
    public Builder removeNeeded(String name) {
      removedNeeded.add(name);
      return this;
    }

    /** Adds a DT_NEEDED name before the existing ones, behind those added so far. */
    public Builder addNeeded(String name) {
      addedNeeded.add(name);
      return this;
    }

    /** Says what becomes of the library search path. */
    public Builder rpath(RpathEdit edit) {
      rpath = edit;
      return this;
    }

    /** Says what becomes of the executable-stack flag. */
    public Builder stack(StackEdit edit) {
      stack = edit;
      return this;
    }

    /** Sets PT_INTERP. */
    public Builder interpreter(String path) {
      interpreter = Optional.of(path);
      return this;
    }

    /** Sets DF_1_NODEFLIB. */
    public Builder noDefaultLibraries() {
      noDefaultLibraries = true;
      return this;
    }

    /** Adds a DT_DEBUG where there is none. */
    public Builder debugTag() {
      debugTag = true;
      return this;
    }

    /** Sets EI_OSABI. */
    public Builder osAbi(int number) {
      osAbi = OptionalInt.of(number);
      return this;
    }

    /** Says what becomes of the dynamic symbols. */
    public Builder symbols(SymbolEdits edits) {
      symbols = edits;
      return this;
    }

    /** Drops symbol table and debug sections first. */
    public Builder strip() {
      strip = true;
      return this;
    }

    /** The collected edits. */
    public ElfEdits build() {
      return new ElfEdits(
          soname,
          replacedNeeded,
          replacedFilters,
          removedNeeded,
          addedNeeded,
          rpath,
          stack,
          interpreter,
          noDefaultLibraries,
          debugTag,
          osAbi,
          symbols,
          strip);
    }
  }
}
