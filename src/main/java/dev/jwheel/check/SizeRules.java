// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.ElfDetails;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rules about what every user downloads and nobody needs. */
final class SizeRules implements RuleGroup {
  private static final int ELF_PERCENT = 5;
  private static final int FILE_PERCENT = 10;
  private static final Set<String> SOURCES =
      Set.of("c", "cc", "cpp", "cxx", "h", "hpp", "hh", "hxx", "a", "o", "pyx", "f", "f90");

  @Override
  public void check(Subject subject, ResultList results) {
    checkElf(subject, results);
    long total = 0;
    long tests = 0;
    long sources = 0;
    for (ZipMember member : subject.files()) {
      long size = member.compressedSize();
      total += size;
      tests += isTest(member.name()) ? size : 0;
      sources += isSource(member.name()) ? size : 0;
    }
    report("tests-shipped", "tests", tests, total, results);
    report("sources-shipped", "C sources, headers and objects", sources, total, results);
  }

  private static void report(String rule, String what, long size, long total, ResultList results) {
    if (size * 100 > total * FILE_PERCENT) {
      results.add(
          rule,
          "",
          "",
          what + " take " + size * 100 / total + " % of the wheel, " + size + " bytes");
    }
  }

  private static boolean isTest(String name) {
    return name.startsWith("tests/")
        || name.startsWith("test/")
        || name.contains("/tests/")
        || name.contains("/test/");
  }

  private static boolean isSource(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 && SOURCES.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT));
  }

  private static void checkElf(Subject subject, ResultList results) {
    long size = 0;
    Total debug = new Total();
    Total symbols = new Total();
    for (ElfMember member : subject.elfFiles()) {
      Optional<ElfDetails> details = subject.contents().details(member.path());
      if (details.isPresent()) {
        size += details.get().size();
        debug.add(member.path(), details.get().debugSize());
        symbols.add(member.path(), details.get().symbolTableSize());
      }
    }
    debug.report("debug-info", "debug data", size, results);
    symbols.report("symbol-table", "symbol tables", size, results);
  }

  /** The bytes of one kind in the files of a wheel. */
  private static final class Total {
    private long bytes;
    private int files;
    private long largest;
    private String path = "";

    void add(String file, long size) {
      bytes += size;
      files += size > 0 ? 1 : 0;
      if (size > largest) {
        largest = size;
        path = file;
      }
    }

    void report(String rule, String what, long size, ResultList results) {
      if (bytes * 100 > size * ELF_PERCENT) {
        results.add(
            rule,
            path,
            "",
            "has most of "
                + bytes
                + " bytes of "
                + what
                + " in "
                + files
                + (files == 1 ? " file, " : " files, ")
                + bytes * 100 / size
                + " % of the native files");
      }
    }
  }
}
