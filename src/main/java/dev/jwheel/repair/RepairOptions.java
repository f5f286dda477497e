// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import java.util.OptionalInt;

/**
 * What a user may ask of a repair beyond what {@link dev.jwheel.audit.AuditOptions} say.
 *
 * @param libraryDirectorySuffix what follows the distribution's name in the name of the directory
 *     of grafted libraries
 * @param onlyPlatform whether not to add a better tag where the wheel deserves one
 * @param updateTags whether to change the file name and WHEEL
 * @param strip whether to drop symbol tables and debug sections of all ELF files, the wheel's and
 *     grafted ones, but for static programs
 * @param clearExecutableStack whether to clear the flag of PT_GNU_STACK in the same files
 * @param allowPurelib whether ELF files may lie in purelib
 * @param packageQuery whether {@code rpm} may be asked for the packages of grafted libraries
 * @param rebuildRecord whether malformed hashes in RECORD are left out of account
 * @param time the modification time of every member, as {@link dev.jwheel.wheel.zip.DosTime} has
 *     it; empty where members keep theirs and new ones have the earliest there is
 */
public record RepairOptions(
    String libraryDirectorySuffix,
    boolean onlyPlatform,
    boolean updateTags,
    boolean strip,
    boolean clearExecutableStack,
    boolean allowPurelib,
    boolean packageQuery,
    boolean rebuildRecord,
    OptionalInt time) {}
