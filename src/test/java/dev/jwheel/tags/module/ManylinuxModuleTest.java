// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.tags.module.ModuleAnswer.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManylinuxModuleTest {
  private static final String FUNCTION = "def manylinux_compatible(major, minor, arch):\n";

  /** The answer of a function with this body, about glibc 2.17 on x86_64. */
  private static ModuleAnswer body(String... lines) {
    return function(String.join("\n", lines)).compatible(2, 17, "x86_64");
  }

  private static ManylinuxModule function(String body) {
    return ManylinuxModule.of(FUNCTION + body.indent(4));
  }

  @Test
  void anAttributeAnswersByItsTruth() {
    ManylinuxModule module =
        ManylinuxModule.of(
            "manylinux1_compatible = True\nmanylinux2010_compatible = 0\n"
                + "manylinux2014_compatible = 'no'\n");
    assertThat(module.attribute("manylinux1_compatible").kind()).isEqualTo(Kind.YES);
    assertThat(module.attribute("manylinux2010_compatible").kind()).isEqualTo(Kind.NO);
    assertThat(module.attribute("manylinux2014_compatible").kind()).isEqualTo(Kind.YES);
    assertThat(module.attribute("manylinux_compatible").kind()).isEqualTo(Kind.SILENT);
  }

  @Test
  void aModuleWithoutNamesIsSilent() {
    ManylinuxModule module = ManylinuxModule.of("'''Nothing.'''\n# nothing\n\n");
    assertThat(module.compatible(2, 17, "x86_64").kind()).isEqualTo(Kind.SILENT);
    assertThat(module.hasFunction()).isFalse();
  }

  @Test
  void aFunctionIsFollowedThroughItsConditions() {
    ManylinuxModule module =
        function(
            """
            '''Decides.'''
            if arch not in ("x86_64", "aarch64"):
                return False
            elif (major, minor) > (2, 28): return None
            else:
                newest = minor >= 17
            return newest and not arch.startswith("aarch")
            """);
    assertThat(module.compatible(2, 17, "i686").kind()).isEqualTo(Kind.NO);
    assertThat(module.compatible(2, 31, "x86_64").kind()).isEqualTo(Kind.SILENT);
    assertThat(module.compatible(2, 17, "x86_64").kind()).isEqualTo(Kind.YES);
    assertThat(module.compatible(2, 12, "x86_64").kind()).isEqualTo(Kind.NO);
    assertThat(module.compatible(2, 17, "aarch64").kind()).isEqualTo(Kind.NO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return True",
        "return 1 < 2 <= 2",
        "return major == 2 and minor != 16",
        "return [major, minor] == [2, 17]",
        "return True == 1",
        "return 'x86' in arch",
        "return arch in {'x86_64'}",
        "return minor if minor else False",
        "return not None",
        "return major * 100 + minor >= 217",
        "return (major, minor) < (3,)",
        "return arch is not None",
        "return -1 < 0; return False",
        "pass\nreturn True",
        "x: bool = True\nreturn x",
        "a = b = (1,\n     2)\nreturn a == b",
        "return \\\n    True"
      })
  void pythonIsUnderstoodWhereModulesUseIt(String body) {
    assertThat(body(body)).isEqualTo(new ModuleAnswer(Kind.YES, ""));
  }

  @Test
  void theEndOfAFunctionIsNone() {
    assertThat(body("x = 1").kind()).isEqualTo(Kind.SILENT);
    assertThat(body("return").kind()).isEqualTo(Kind.SILENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "return check()",
        "return minor < arch",
        "return undefined",
        "for x in arch: return True",
        "return minor / 2",
        "return f'{arch}'",
        "return b'x'",
        "return arch[0] == 'x'",
        "if x: pass\nx = 1",
        "return {1: 2}",
        "minor += 1\nreturn True",
        "import os\nreturn os.sep == '/'",
        "return 99999999999999999999 > 1",
        "return major is minor",
        "raise ImportError"
      })
  void theRestIsUnknownAndTheLineIsSaid(String body) {
    ModuleAnswer answer = body(body);
    assertThat(answer.kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(answer.reason()).startsWith("line ");
  }

  @Test
  void codeThatIsNotReachedMayBeAnything() {
    assertThat(body("if minor > 5:\n    return True\nwhile True:\n    hack()\n  ").kind())
        .isEqualTo(Kind.YES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from other import *",
        "import other",
        "globals()['manylinux1_compatible'] = False",
        "try:\n    pass\nexcept: pass",
        "x = exec('')",
        "del x",
        "class manylinux1_compatible: pass",
        "def __getattr__(name): return False",
        "x = 'no end",
        "if 1:\n    x = 1\n  y = 2",
        "@wrapped\ndef f(): pass",
        "if input: manylinux1_compatible = True"
      })
  void aStatementThatCouldDoAnythingMakesEveryAnswerUnknown(String statement) {
    ManylinuxModule module = ManylinuxModule.of("manylinux1_compatible = True\n" + statement);
    assertThat(module.attribute("manylinux1_compatible").kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(module.compatible(2, 17, "x86_64").kind()).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void aValueThatNobodyAsksForMayBeAnything() {
    ManylinuxModule module =
        ManylinuxModule.of("import sys\nversion = sys.version_info\nmanylinux1_compatible = 1\n");
    assertThat(module.attribute("manylinux1_compatible").kind()).isEqualTo(Kind.YES);
    assertThat(module.attribute("version").kind()).isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void namesOfTheModuleAreThoseOfTheEndOfItsImport() {
    String text = "def manylinux_compatible(*a): return True\n";
    assertThat(ManylinuxModule.of(text).compatible(2, 17, "x86_64").kind()).isEqualTo(Kind.UNKNOWN);
    String late = "manylinux_compatible = lambda a, b, c: b > least\nleast = 12\n";
    assertThat(ManylinuxModule.of(late).compatible(2, 17, "x86_64").kind()).isEqualTo(Kind.YES);
    assertThat(ManylinuxModule.of("manylinux_compatible = True").compatible(2, 17, "x").kind())
        .isEqualTo(Kind.UNKNOWN);
  }

  @Test
  void aFunctionThatTakesOtherArgumentsWouldFail() {
    assertThat(
            ManylinuxModule.of("def manylinux_compatible(a): return True")
                .compatible(2, 17, "x86_64")
                .reason())
        .isEqualTo("line 1: the function does not take 3 arguments");
    assertThat(
            ManylinuxModule.of("def manylinux_compatible(a, b: int, c='x', d=1) -> bool: return d")
                .compatible(2, 17, "x86_64")
                .kind())
        .isEqualTo(Kind.YES);
  }

  @Test
  void hostileModulesCostLittle() {
    String deep = "manylinux1_compatible = " + "(".repeat(5000) + "1" + ")".repeat(5000);
    assertThat(ManylinuxModule.of(deep).attribute("manylinux1_compatible").reason())
        .isEqualTo("line 1: the code is nested too deeply");
    StringBuilder growing = new StringBuilder("x0 = (1, 1)\n");
    for (int i = 1; i < 60; i++) {
      growing.append("x%d = (x%d, x%d)\n".formatted(i, i - 1, i - 1));
    }
    growing.append("y0 = (1, 1)\n");
    for (int i = 1; i < 60; i++) {
      growing.append("y%d = (y%d, y%d)\n".formatted(i, i - 1, i - 1));
    }
    growing.append("manylinux1_compatible = x59 == y59\n");
    assertThat(ManylinuxModule.of(growing.toString()).attribute("manylinux1_compatible").reason())
        .endsWith("the comparison takes too long");
    assertThat(ManylinuxModule.of("#" + "x".repeat(70_000)).compatible(2, 5, "x").kind())
        .isEqualTo(Kind.UNKNOWN);
    assertThat(ManylinuxModule.of("x = 1" + "+1".repeat(30_000)).attribute("x").kind())
        .isEqualTo(Kind.UNKNOWN);
    StringBuilder chain = new StringBuilder("if 0: pass\n");
    for (int i = 0; i < 3000; i++) {
      chain.append("elif 0: pass\n");
    }
    assertThat(ManylinuxModule.of(chain.toString()).compatible(2, 5, "x").kind())
        .isEqualTo(Kind.UNKNOWN);
  }
}
