// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.format;

import dev.jwheel.platform.Machine;
import java.util.Set;

/**
 * The tags of dynamic entries (gABI, "Dynamic Section"; {@code elf.h} for those of the GNU, Android
 * and processor supplements), and what their values are.
 */
public final class DynamicTags {
  public static final long DT_NULL = 0;
  public static final long DT_NEEDED = 1;
  public static final long DT_PLTRELSZ = 2;
  static final long DT_PLTGOT = 3;
  public static final long DT_HASH = 4;
  public static final long DT_STRTAB = 5;
  public static final long DT_SYMTAB = 6;
  public static final long DT_RELA = 7;
  public static final long DT_RELASZ = 8;
  static final long DT_RELAENT = 9;
  public static final long DT_STRSZ = 10;
  static final long DT_SYMENT = 11;
  static final long DT_INIT = 12;
  static final long DT_FINI = 13;
  public static final long DT_SONAME = 14;
  public static final long DT_RPATH = 15;
  public static final long DT_SYMBOLIC = 16;
  public static final long DT_REL = 17;
  public static final long DT_RELSZ = 18;
  static final long DT_RELENT = 19;
  public static final long DT_PLTREL = 20;
  public static final long DT_DEBUG = 21;
  public static final long DT_TEXTREL = 22;
  public static final long DT_JMPREL = 23;
  public static final long DT_BIND_NOW = 24;
  static final long DT_INIT_ARRAY = 25;
  static final long DT_FINI_ARRAY = 26;
  static final long DT_INIT_ARRAYSZ = 27;
  static final long DT_FINI_ARRAYSZ = 28;
  public static final long DT_RUNPATH = 29;
  public static final long DT_FLAGS = 30;
  static final long DT_PREINIT_ARRAY = 32;
  static final long DT_PREINIT_ARRAYSZ = 33;
  static final long DT_SYMTAB_SHNDX = 34;
  static final long DT_RELRSZ = 35;
  static final long DT_RELR = 36;
  static final long DT_RELRENT = 37;
  public static final long DT_ANDROID_REL = 0x6000000f;
  static final long DT_ANDROID_RELSZ = 0x60000010;
  public static final long DT_ANDROID_RELA = 0x60000011;
  static final long DT_ANDROID_RELASZ = 0x60000012;
  public static final long DT_ANDROID_RELR = 0x6fffe000;
  static final long DT_ANDROID_RELRSZ = 0x6fffe001;
  static final long DT_ANDROID_RELRENT = 0x6fffe003;
  static final long DT_VALRNGLO = 0x6ffffd00;
  public static final long DT_GNU_PRELINKED = 0x6ffffdf5;
  static final long DT_GNU_CONFLICTSZ = 0x6ffffdf6;
  static final long DT_GNU_LIBLISTSZ = 0x6ffffdf7;
  static final long DT_CHECKSUM = 0x6ffffdf8;
  static final long DT_VALRNGHI = 0x6ffffdff;
  public static final long DT_GNU_HASH = 0x6ffffef5;
  static final long DT_TLSDESC_PLT = 0x6ffffef6;
  static final long DT_TLSDESC_GOT = 0x6ffffef7;
  static final long DT_GNU_CONFLICT = 0x6ffffef8;
  static final long DT_GNU_LIBLIST = 0x6ffffef9;
  static final long DT_CONFIG = 0x6ffffefa;
  static final long DT_DEPAUDIT = 0x6ffffefb;
  static final long DT_AUDIT = 0x6ffffefc;
  public static final long DT_VERSYM = 0x6ffffff0;
  public static final long DT_RELACOUNT = 0x6ffffff9;
  public static final long DT_RELCOUNT = 0x6ffffffa;
  public static final long DT_FLAGS_1 = 0x6ffffffb;
  public static final long DT_VERDEF = 0x6ffffffc;
  static final long DT_VERDEFNUM = 0x6ffffffd;
  public static final long DT_VERNEED = 0x6ffffffe;
  public static final long DT_VERNEEDNUM = 0x6fffffff;
  public static final long DT_MIPS_SYMTABNO = 0x70000011;
  public static final long DT_MIPS_RLD_MAP_REL = 0x70000035;
  public static final long DT_MIPS_XHASH = 0x70000036;
  public static final long DT_AUXILIARY = 0x7ffffffd;
  public static final long DT_FILTER = 0x7fffffff;

  public static final long DF_SYMBOLIC = 2;
  public static final long DF_TEXTREL = 4;
  public static final long DF_BIND_NOW = 8;
  public static final long DF_1_NODEFLIB = 0x800;
  public static final long DF_1_PIE = 0x08000000;

  private static final Set<Long> TABLES =
      Set.of(
          DT_HASH,
          DT_STRTAB,
          DT_SYMTAB,
          DT_RELA,
          DT_REL,
          DT_JMPREL,
          DT_RELR,
          DT_GNU_HASH,
          DT_VERSYM,
          DT_VERDEF,
          DT_VERNEED,
          DT_ANDROID_REL,
          DT_ANDROID_RELA,
          DT_ANDROID_RELR,
          DT_MIPS_XHASH);

  private static final Set<Long> STRINGS =
      Set.of(
          DT_NEEDED,
          DT_SONAME,
          DT_RPATH,
          DT_RUNPATH,
          DT_CONFIG,
          DT_DEPAUDIT,
          DT_AUDIT,
          DT_AUXILIARY,
          DT_FILTER);

  private static final Set<Long> NUMBERS =
      Set.of(
          DT_PLTRELSZ,
          DT_RELASZ,
          DT_RELAENT,
          DT_STRSZ,
          DT_SYMENT,
          DT_SYMBOLIC,
          DT_RELSZ,
          DT_RELENT,
          DT_PLTREL,
          DT_DEBUG,
          DT_TEXTREL,
          DT_BIND_NOW,
          DT_INIT_ARRAYSZ,
          DT_FINI_ARRAYSZ,
          DT_FLAGS,
          DT_PREINIT_ARRAYSZ,
          DT_RELRSZ,
          DT_RELRENT,
          DT_ANDROID_RELSZ,
          DT_ANDROID_RELASZ,
          DT_ANDROID_RELRSZ,
          DT_ANDROID_RELRENT,
          DT_RELACOUNT,
          DT_RELCOUNT,
          DT_FLAGS_1,
          DT_VERDEFNUM,
          DT_VERNEEDNUM);

  /** What prelink did, which no edited file matches any more. */
  public static final Set<Long> PRELINK =
      Set.of(
          DT_GNU_PRELINKED,
          DT_GNU_CONFLICT,
          DT_GNU_CONFLICTSZ,
          DT_GNU_LIBLIST,
          DT_GNU_LIBLISTSZ,
          DT_CHECKSUM);

  private DynamicTags() {}

  /** Whether the value is the address of a table that only the loader reads, through this entry. */
  public static boolean isTable(long tag) {
    return TABLES.contains(tag);
  }

  /** Whether the value is an offset in the string table. */
  public static boolean isString(long tag) {
    return STRINGS.contains(tag);
  }

  /** Whether the value is a size, a count or flags, so that it can never be an address. */
  public static boolean isNumber(long tag, Machine machine) {
    return NUMBERS.contains(tag)
        || tag >= DT_VALRNGLO && tag <= DT_VALRNGHI
        || machine == Machine.MIPS && isMipsNumber(tag);
  }

  /** DT_MIPS_RLD_VERSION to DT_MIPS_BASE_ADDRESS and the counts of the GOT (MIPS psABI). */
  private static boolean isMipsNumber(long tag) {
    return tag >= 0x70000001L && tag <= 0x70000006L
        || tag == 0x7000000aL
        || tag == 0x7000000bL
        || tag >= 0x70000010L && tag <= 0x70000014L;
  }
}
