// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import java.util.Set;

/** The rule about libraries of a wheel that have the name of a common library. */
final class SonameRules implements RuleGroup {

  /** Libraries that most systems have, and processes with other wheels load. */
  private static final Set<String> COMMON =
      Set.of(
          "libssl",
          "libcrypto",
          "libz",
          "libcurl",
          "libxml2",
          "libxslt",
          "libffi",
          "libsqlite3",
          "libpng16",
          "libjpeg",
          "libtiff",
          "libfreetype",
          "libbz2",
          "liblzma",
          "libzstd",
          "libexpat",
          "libstdc++",
          "libgomp",
          "libgfortran",
          "libprotobuf",
          "libuv");

  @Override
  public void check(Subject subject, ResultList results) {
    for (ElfMember member : subject.elfFiles()) {
      String soname = member.elf().soname().orElse("");
      if (member.role() == ElfMember.Role.LIBRARY && !soname.isEmpty()) {
        checkCommon(member, soname, results);
      }
    }
  }

  private static void checkCommon(ElfMember member, String soname, ResultList results) {
    int end = soname.indexOf(".so");
    boolean grafted = member.path().contains(".libs/");
    if (end > 0 && COMMON.contains(soname.substring(0, end)) && !grafted) {
      results.add(
          "unhashed-soname",
          member.path(),
          soname,
          "has the SONAME " + soname + " of a common library");
    }
  }
}
