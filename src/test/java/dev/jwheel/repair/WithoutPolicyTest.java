// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.audit.LibraryUse;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --plat linux} on architectures that no policy speaks of, and names of architectures. */
class WithoutPolicyTest {
  @TempDir Path directory;

  private Workshop wheel(String architecture, String files) throws IOException {
    return Workshop.wheel(directory, "demo-1.0-py3-none-linux_" + architecture)
        .member("demo/libnormal.so", files + "/normal.so");
  }

  @ParameterizedTest
  @CsvSource({"ppc, powerpc", "armv6l, armv7l", "mips, mips", "mips64, mips64el"})
  void everythingButTheCLibraryIsGrafted(String architecture, String files) throws Exception {
    RepairedWheel repaired =
        wheel(architecture, files)
            .library("libdep.so.1", files + "/libdep.so.1")
            .platform("linux")
            .repair();
    assertThat(repaired.plan().grafts())
        .extracting(graft -> graft.source().path())
        .containsExactly("/lib/libdep.so.1");
    assertThat(repaired.plan().result().platformTags()).containsExactly("linux_" + architecture);
  }

  @Test
  void aMissingLibraryIsRefused() throws Exception {
    assertThat(wheel("ppc", "powerpc").platform("linux").refusal())
        .containsExactly("demo/libnormal.so needs libdep.so.1, which was found nowhere");
  }

  @Test
  void theCLibraryIsNotMissing() throws Exception {
    RepairPlan plan =
        wheel("ppc", "powerpc")
            .library("libdep.so.1", "powerpc/libdep.so.1")
            .platform("linux")
            .plan();
    assertThat(plan.report().libraries())
        .filteredOn(use -> !use.name().equals("libdep.so.1"))
        .extracting(LibraryUse::status)
        .containsOnly(LibraryUse.Status.SYSTEM);
  }

  @Test
  void withoutAPlatformTheWayOutIsNamed() throws Exception {
    assertThat(wheel("ppc", "powerpc").platform("auto").refusal())
        .containsExactly("there is no policy for ppc; --plat linux asks for none");
  }

  @Test
  void armv8lIsArmv7l() throws Exception {
    RepairPlan plan =
        wheel("armv8l", "armv7l")
            .library("libdep.so.1", "armv7l/libdep.so.1")
            .platform("auto")
            .plan();
    assertThat(plan.result().platformTags())
        .isNotEmpty()
        .allMatch(tag -> tag.startsWith("manylinux") && tag.endsWith("_armv7l"));
  }

  @ParameterizedTest
  @CsvSource({
    "linux_x86_64, manylinux2014_amd64",
    "linux_amd64, manylinux2014_x86_64",
    "manylinux2014_amd64, manylinux2014"
  })
  void anotherNameOfTheArchitectureIsUnderstoodAndNotKept(String claimed, String asked)
      throws Exception {
    RepairPlan plan =
        Workshop.wheel(directory, "demo-1.0-cp311-cp311-" + claimed)
            .member("demo/m.so", "m-plain.so")
            .platform(asked)
            .onlyPlatform()
            .plan();
    assertThat(plan.result().platformTags())
        .containsExactly("manylinux2014_x86_64", "manylinux_2_17_x86_64");
  }
}
