// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.ElfDetails;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.PlatformTag;

/** Rules about how a file is loaded. */
final class LoadRules implements RuleGroup {
  private static final long SURPLUS_TLS = 512;
  private static final long LARGE_PAGE = 64 << 10;
  private static final long ANDROID_PAGE = 16 << 10;

  @Override
  public void check(Subject subject, ResultList results) {
    boolean android =
        subject.name().platforms().stream()
            .anyMatch(tag -> tag.family() == PlatformTag.Family.ANDROID);
    for (ElfMember member : subject.elfFiles()) {
      if (member.role() != ElfMember.Role.STATIC) {
        subject
            .contents()
            .details(member.path())
            .ifPresent(details -> check(member, details, android, results));
      }
    }
  }

  private static void check(
      ElfMember member, ElfDetails details, boolean android, ResultList results) {
    String path = member.path();
    if (details.textRelocations()) {
      results.add("text-relocations", path, "DT_TEXTREL", "has text relocations");
    }
    if (details.writableCode()) {
      results.add("rwx-segment", path, "PT_LOAD", "has a segment that is writable and executable");
    }
    if (!details.relro()) {
      results.add("no-relro", path, "PT_GNU_RELRO", "has no PT_GNU_RELRO");
    }
    boolean library = member.role() != ElfMember.Role.EXECUTABLE;
    if (library && details.staticTls() && details.tlsSize() > SURPLUS_TLS) {
      results.add(
          "static-tls",
          path,
          "PT_TLS",
          "takes " + details.tlsSize() + " bytes of static thread-local storage");
    }
    checkPages(member, details.alignment(), android, results);
  }

  private static void checkPages(
      ElfMember member, long alignment, boolean android, ResultList results) {
    String machine = member.elf().identity().architecture().map(Architecture::tagName).orElse("");
    boolean large = machine.equals("ppc64le") || machine.equals("aarch64");
    long least = android ? ANDROID_PAGE : LARGE_PAGE;
    boolean wide = member.elf().identity().architecture().filter(a -> a.bits() == 64).isPresent();
    if (alignment >= least || (android ? !wide : !large)) {
      return;
    }
    FindingLevel level =
        machine.equals("aarch64") && !android ? FindingLevel.WARNING : FindingLevel.ERROR;
    results.add(
        "page-size",
        level,
        member.path(),
        "p_align",
        "has segments aligned to " + alignment + " bytes, expected at least " + least);
  }
}
