// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The facts of one ELF file that a dynamic loader, a platform policy or a person asks for, all
 * found through the program headers.
 *
 * <p>Strings of the file are decoded byte for byte (ISO 8859-1), so that every name keeps its
 * identity.
 *
 * @param identity the machine the file is for
 * @param type the object file type
 * @param interpreter PT_INTERP, the dynamic loader an executable asks for
 * @param dynamic whether there is a PT_DYNAMIC with content: false for object files and static
 *     executables
 * @param soname DT_SONAME
 * @param needed DT_NEEDED, in file order
 * @param filters DT_FILTER, in file order: libraries that provide what this one only names
 * @param auxiliaries DT_AUXILIARY, in file order: the same, for libraries that may be absent
 * @param rpath DT_RPATH, undivided
 * @param runpath DT_RUNPATH, undivided
 * @param noDefaultLibraries DF_1_NODEFLIB: the default directories are not searched
 * @param positionIndependentExecutable DF_1_PIE, or ET_DYN with an interpreter
 * @param versionNeeds the version need table
 * @param versionDefinitions the names that the version definition table defines, without its base
 *     entry
 * @param undefinedSymbols every undefined dynamic symbol but the null one, in table order
 * @param exports those defined dynamic function symbols that the reader was asked to keep
 * @param stack what PT_GNU_STACK asks for
 * @param isaLevel the x86-64 micro-architecture level that GNU_PROPERTY_X86_ISA_1_NEEDED demands: 1
 *     to 4, or {@link #UNKNOWN_ISA}
 * @param buildId the GNU build ID in hexadecimal digits
 */
public record ElfBinary(
    ElfIdentity identity,
    ElfType type,
    Optional<String> interpreter,
    boolean dynamic,
    Optional<String> soname,
    List<String> needed,
    List<String> filters,
    List<String> auxiliaries,
    Optional<String> rpath,
    Optional<String> runpath,
    boolean noDefaultLibraries,
    boolean positionIndependentExecutable,
    List<VersionNeed> versionNeeds,
    Set<String> versionDefinitions,
    List<UndefinedSymbol> undefinedSymbols,
    Set<String> exports,
    ExecutableStack stack,
    int isaLevel,
    Optional<String> buildId) {

  /** The {@link #isaLevel()} of a file that demands an extension no known level includes. */
  public static final int UNKNOWN_ISA = Integer.MAX_VALUE;

  public ElfBinary {
    needed = List.copyOf(needed);
    filters = List.copyOf(filters);
    auxiliaries = List.copyOf(auxiliaries);
    versionNeeds = List.copyOf(versionNeeds);
    versionDefinitions = Set.copyOf(versionDefinitions);
    undefinedSymbols = List.copyOf(undefinedSymbols);
    exports = Set.copyOf(exports);
  }

  /** Whether the kernel can run the file as a program rather than only load it as a library. */
  public boolean isExecutable() {
    return type == ElfType.EXECUTABLE || positionIndependentExecutable;
  }
}
