// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.UndefinedSymbol;
import dev.jwheel.elf.UndefinedSymbol.VersionReference;
import dev.jwheel.elf.VersionNeed;
import dev.jwheel.elf.VersionNeed.NeededVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Symbol versions beyond a policy's highest (PEP 513 to 600), judged by their provider.
 *
 * <p>A need does not count where the wheel brings the library that satisfies it: the library is
 * reached by RPATH or RUNPATH, defines the version, and no policy promises a library of its SONAME,
 * for then the system's copy may be loaded already and be taken instead (glibc {@code
 * _dl_map_object}: a loaded SONAME wins before any search).
 */
final class SymbolVersionRule implements Rule {

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      Map<String, Map<String, Users>> users = users(member);
      for (VersionNeed need : member.elf().versionNeeds()) {
        Optional<ElfMember> provider =
            facts.dependencies().providerInWheel(member.path(), need.file());
        for (NeededVersion version : need.versions()) {
          Users of =
              users.getOrDefault(need.file(), Map.of()).getOrDefault(version.name(), Users.NONE);
          judge(facts, member, need.file(), version, provider, of).ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  @Override
  public boolean judgesGrafts() {
    return true;
  }

  private static Optional<Finding> judge(
      WheelFacts facts,
      ElfMember member,
      String library,
      NeededVersion version,
      Optional<ElfMember> provider,
      Users users) {
    boolean defined =
        provider.isPresent() && provider.get().elf().versionDefinitions().contains(version.name());
    List<String> rulesOut =
        facts.policiesThat(
            policy ->
                facts.forbidsVersion(policy, version.name())
                    && !facts.isBrought(policy, member.path(), library, version.name()));
    boolean optional = version.weak() && !users.strong;
    if (rulesOut.isEmpty()) {
      return provider
          .filter(elf -> !defined && !optional && !elf.elf().versionDefinitions().isEmpty())
          .map(elf -> undefined(member, library, version, elf, users));
    }
    Finding finding =
        optional
            ? Finding.warning(
                FindingCode.WEAK_VERSION,
                member.path(),
                version.name(),
                "needs " + version.name() + " of " + library + " only weakly: it may be absent")
            : Finding.excludes(
                FindingCode.SYMBOL_VERSION,
                member.path(),
                version.name(),
                "needs " + version.name() + " of " + library,
                rulesOut);
    return Optional.of(finding.through(library, users.symbols));
  }

  private static Finding undefined(
      ElfMember member, String library, NeededVersion version, ElfMember provider, Users users) {
    return Finding.warning(
            FindingCode.UNDEFINED_VERSION,
            member.path(),
            version.name(),
            "needs "
                + version.name()
                + " of "
                + library
                + ", but "
                + provider.path()
                + " in the wheel does not define it: the loader will refuse it")
        .through(library, users.symbols);
  }

  /** The symbols that a file takes from others, by library and version. */
  private static Map<String, Map<String, Users>> users(ElfMember member) {
    Map<String, Map<String, Users>> users = new HashMap<>();
    for (UndefinedSymbol symbol : member.elf().undefinedSymbols()) {
      if (symbol.version().isPresent()) {
        VersionReference version = symbol.version().get();
        users
            .computeIfAbsent(version.file(), library -> new HashMap<>())
            .computeIfAbsent(version.version(), name -> new Users())
            .add(symbol);
      }
    }
    return users;
  }

  /** The symbols bound to one version. */
  private static final class Users {
    static final Users NONE = new Users();

    private final List<String> symbols = new ArrayList<>();
    private boolean strong;

    void add(UndefinedSymbol symbol) {
      symbols.add(symbol.name());
      strong |= !symbol.weak();
    }
  }
}
