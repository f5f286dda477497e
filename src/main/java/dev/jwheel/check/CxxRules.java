// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.elf.demangle.Demangler;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import java.util.List;
import java.util.Optional;

/** Rules about C++ run times and about what files export (Itanium C++ ABI, libstdc++). */
final class CxxRules implements RuleGroup {
  private static final int MAX_EXPORTS = 50;

  @Override
  public void check(Subject subject, ResultList results) {
    Optional<ElfMember> newStrings = Optional.empty();
    Optional<ElfMember> oldStrings = Optional.empty();
    for (ElfMember member : subject.elfFiles()) {
      ExportSummary exports = subject.contents().exports(member.path());
      boolean runtime = isRuntime(member);
      if (!runtime) {
        checkExports(member, exports, results);
        newStrings = newStrings.or(() -> only(member, exports.newStrings()));
        oldStrings = oldStrings.or(() -> only(member, exports.oldStrings()));
      } else {
        subject.report().ifPresent(report -> checkShipped(member, report, subject, results));
      }
    }
    if (newStrings.isPresent() && oldStrings.isPresent()) {
      String path = oldStrings.get().path();
      String symbol = subject.contents().exports(path).oldStrings();
      results.add(
          "cxx-dual-abi",
          path,
          symbol,
          "exports "
              + Demangler.readable(symbol)
              + " with the old std::string, "
              + newStrings.get().path()
              + " exports functions with the new one");
    }
  }

  private static Optional<ElfMember> only(ElfMember member, String symbol) {
    return symbol.isEmpty() ? Optional.empty() : Optional.of(member);
  }

  /** Whether a file is a C++ run time, under its own or a hashed name. */
  private static boolean isRuntime(ElfMember member) {
    String name = member.elf().soname().orElse(member.baseName());
    return name.startsWith("libstdc++")
        || name.startsWith("libc++")
        || name.startsWith("libsupc++")
        || name.startsWith("libgcc_s");
  }

  private static void checkExports(ElfMember member, ExportSummary exports, ResultList results) {
    String path = member.path();
    List<String> runtime = exports.runtime();
    if (!runtime.isEmpty() && member.role() != ElfMember.Role.EXECUTABLE) {
      results.add(
          "cxx-runtime-exported",
          path,
          runtime.get(0),
          "exports "
              + Demangler.readable(runtime.get(0))
              + (runtime.size() == 1 ? "" : " and " + (runtime.size() - 1) + " more")
              + " of the C++ run time");
    }
    if (exports.unique() > 0) {
      results.add(
          "cxx-unique-exported",
          path,
          exports.firstUnique(),
          "exports "
              + exports.unique()
              + " unique symbols, such as "
              + Demangler.readable(exports.firstUnique()));
    }
    if (member.role() == ElfMember.Role.EXTENSION && exports.besidesInitialisers() > MAX_EXPORTS) {
      results.add(
          "cxx-weak-leak",
          path,
          "",
          "exports " + exports.besidesInitialisers() + " symbols besides its initialisation");
    }
    List<String> allocator = exports.allocator();
    if (!allocator.isEmpty() && member.role() != ElfMember.Role.EXECUTABLE) {
      results.add(
          "allocator-shipped",
          path,
          allocator.get(0),
          "exports " + Demangler.readable(allocator.get(0)));
    }
  }

  /** Whether a policy that the name claims promises the system's. */
  private static void checkShipped(
      ElfMember member, AuditReport report, Subject subject, ResultList results) {
    String soname = member.baseName().startsWith("libgcc_s") ? "libgcc_s.so.1" : "libstdc++.so.6";
    for (PlatformTag tag : subject.name().platforms()) {
      for (Policy policy : report.policies()) {
        if (policy.name().equals(tag.policyName())
            && policy.allowsLibrary(report.architecture(), soname)) {
          results.add(
              "cxx-runtime-shipped",
              member.path(),
              soname,
              "is in the wheel, although " + tag.text() + " promises " + soname);
          return;
        }
      }
    }
  }
}
