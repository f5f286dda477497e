// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.UndefinedSymbol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a module says about the Python build it was made for: no PyFPE (PEP 571 rule 5), and Unicode
 * of the width that the ABI tag names. Every manylinux policy allows both widths where the tag says
 * which (PEP 513, PEP 571 rule 4).
 */
final class PythonAbiRule implements Rule {
  private static final Set<String> PYFPE = Set.of("PyFPE_jbuf", "PyFPE_dummy", "PyFPE_counter");
  private static final String NARROW = "PyUnicodeUCS2_";

  @Override
  public List<Finding> check(WheelFacts facts) {
    List<Finding> findings = new ArrayList<>();
    for (ElfMember member : facts.members()) {
      fpe(facts, member, findings);
      unicode(facts, member, findings);
    }
    return findings;
  }

  @Override
  public boolean judgesGrafts() {
    return true;
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

  /** Whether a file needs a Python of narrow Unicode. */
  static boolean isNarrow(ElfMember member) {
    return !undefined(member, name -> name.contains(NARROW)).isEmpty();
  }

  /** The ABI tag names the Unicode width that a module may depend on. */
  private static void unicode(WheelFacts facts, ElfMember member, List<Finding> findings) {
    List<String> narrow = undefined(member, name -> name.contains(NARROW));
    List<String> wide = undefined(member, name -> name.contains("PyUnicodeUCS4_"));
    String butTheTag =
        ", which the ABI tag " + abiTags(facts) + " does not say; expected one such as ";
    if (!narrow.isEmpty() && !hasAbiTag(facts, false)) {
      String message = "needs a narrow-Unicode Python" + butTheTag + "cp27m";
      findings.add(
          Finding.excludes(
                  FindingCode.PYTHON_ABI_TAG,
                  member.path(),
                  abiTags(facts),
                  message,
                  facts.allPolicies())
              .through("", narrow));
    }
    if (!wide.isEmpty() && !hasAbiTag(facts, true)) {
      String message = "needs a wide-Unicode Python" + butTheTag + "cp27mu";
      findings.add(warning(facts, member, message).through("", wide));
    }
    if (narrow.isEmpty() && wide.isEmpty() && !isTagged(facts) && isForCpython2(facts, member)) {
      String message = "is a module for CPython 2 of some Unicode width" + butTheTag + "cp27mu";
      findings.add(warning(facts, member, message));
    }
  }

  private static Finding warning(WheelFacts facts, ElfMember member, String message) {
    return Finding.warning(FindingCode.PYTHON_ABI_TAG, member.path(), abiTags(facts), message);
  }

  private static boolean isForCpython2(WheelFacts facts, ElfMember member) {
    return PythonModule.of(member.path()).isForCpython2(member.elf())
        && facts.wheel().fileName().pythonTags().stream().anyMatch(tag -> tag.startsWith("cp2"));
  }

  private static boolean isTagged(WheelFacts facts) {
    return hasAbiTag(facts, true) || hasAbiTag(facts, false);
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

  private static List<String> undefined(ElfMember member, Predicate<String> wanted) {
    Set<String> names = new LinkedHashSet<>();
    for (UndefinedSymbol symbol : member.elf().undefinedSymbols()) {
      if (wanted.test(symbol.name())) {
        names.add(symbol.name());
      }
    }
    return List.copyOf(names);
  }
}
