package dev.jwheel.audit;

import dev.jwheel.elf.UndefinedSymbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a module says about the Python build it was made for (PEP 513; PEP 571 rules 4 and 5): no
 * PyFPE; Unicode of the width that the ABI tag names, and for manylinux1 the wide one.
 */
final class PythonAbiRule implements Rule {
  private static final Set<String> PYFPE = Set.of("PyFPE_jbuf", "PyFPE_dummy", "PyFPE_counter");

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      fpe(facts, member, findings);
      unicode(facts, member, findings);
      untagged(facts, member, findings);
    }
    return findings;
  }

  private static void fpe(WheelFacts facts, ElfMember member, List<Finding> findings) {
    List<String> symbols = undefined(member, PYFPE::contains);
    if (!symbols.isEmpty()) {
      findings.add(
          Finding.excludes(
                  FindingCode.PYFPE,
                  member.path(),
                  symbols.get(0),
                  "uses "
                      + String.join(", ", symbols)
                      + ": it was built for a Python with floating-point exceptions",
                  facts.allPolicies())
              .through("", symbols));
    }
  }

  private static void unicode(WheelFacts facts, ElfMember member, List<Finding> findings) {
    List<String> narrow = undefined(member, name -> name.contains("PyUnicodeUCS2_"));
    List<String> wide = undefined(member, name -> name.contains("PyUnicodeUCS4_"));
    if (!narrow.isEmpty()) {
      findings.add(narrow(facts, member, narrow));
    }
    if (!wide.isEmpty() && !hasAbiTag(facts, true)) {
      findings.add(
          Finding.warning(
                  FindingCode.PYTHON_ABI_TAG,
                  member.path(),
                  abiTags(facts),
                  "needs a wide-Unicode Python, which the ABI tag "
                      + abiTags(facts)
                      + " does not say; expected one such as cp27mu")
              .through("", wide));
    }
  }

  /** PEP 571 rule 4: a module for CPython 2 names the Unicode width it may depend on. */
  private static void untagged(WheelFacts facts, ElfMember member, List<Finding> findings) {
    boolean python2 =
        member.elf().exports().contains("init" + PythonModule.of(member.path()).name());
    boolean tagged = hasAbiTag(facts, true) || hasAbiTag(facts, false);
    boolean told = findings.stream().anyMatch(finding -> finding.file().equals(member.path()));
    if (python2 && isForCpython2(facts) && !tagged && !told) {
      findings.add(
          Finding.warning(
              FindingCode.PYTHON_ABI_TAG,
              member.path(),
              abiTags(facts),
              "is a module for CPython 2, whose Unicode width the ABI tag "
                  + abiTags(facts)
                  + " does not say; expected one such as cp27mu"));
    }
  }

  private static boolean isForCpython2(WheelFacts facts) {
    return facts.wheel().fileName().pythonTags().stream().anyMatch(tag -> tag.startsWith("cp2"));
  }

  private static Finding narrow(WheelFacts facts, ElfMember member, List<String> symbols) {
    boolean tagged = hasAbiTag(facts, false);
    List<String> rulesOut =
        facts.policiesThat(policy -> !tagged || policy.name().equals("manylinux_2_5"));
    String why =
        tagged
            ? "manylinux1 allows wide builds only"
            : "the ABI tag " + abiTags(facts) + " does not say so; expected one such as cp27m";
    return Finding.excludes(
            FindingCode.UCS2,
            member.path(),
            symbols.get(0),
            "needs a narrow-Unicode Python (PyUnicodeUCS2_*); " + why,
            rulesOut)
        .through("", symbols);
  }

  /** Whether an ABI tag of CPython 2 or 3.0 to 3.2 names the width: {@code u} is the wide one. */
  private static boolean hasAbiTag(WheelFacts facts, boolean wide) {
    for (String tag : facts.wheel().fileName().abiTags()) {
      boolean old = tag.startsWith("cp2") || isEarly3(tag);
      if (old && tag.endsWith("u") == wide) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEarly3(String tag) {
    return tag.length() >= 4
        && tag.startsWith("cp3")
        && "012".indexOf(tag.charAt(3)) >= 0
        && (tag.length() == 4 || !Character.isDigit(tag.charAt(4)));
  }

  private static String abiTags(WheelFacts facts) {
    return String.join(".", facts.wheel().fileName().abiTags());
  }

  private static List<String> undefined(
      ElfMember member, java.util.function.Predicate<String> wanted) {
    Set<String> names = new LinkedHashSet<>();
    for (UndefinedSymbol symbol : member.elf().undefinedSymbols()) {
      if (wanted.test(symbol.name())) {
        names.add(symbol.name());
      }
    }
    return List.copyOf(names);
  }
}
