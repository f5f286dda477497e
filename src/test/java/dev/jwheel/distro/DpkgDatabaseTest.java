// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DpkgDatabaseTest {
  @TempDir private Path root;

  @BeforeEach
  void aSystemWithThreePackages() throws IOException {
    Files.createDirectories(root.resolve("var/lib/dpkg/info"));
    Files.writeString(
        root.resolve("var/lib/dpkg/status"),
        stanza("libz", "amd64", "1:2.0")
            + stanza("tool", "amd64", "3")
            + stanza("zoo", "all", "4"));
    list("libz:amd64", "/.", "/usr/lib/libz.so.1", "/usr/lib/libshared.so");
    list("tool", "/.", "/usr/lib/tool/libtool.so", "/usr/lib/libshared.so");
    list("zoo", "/.", "/usr/share/zoo");
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/os-release"), "NAME=\"X\"\nID=debian\n");
  }

  private static String stanza(String name, String architecture, String version) {
    return "Package: "
        + name
        + "\nStatus: install ok installed\nArchitecture: "
        + architecture
        + "\nVersion: "
        + version
        + "\nDescription: Package: no field\n Version: 9 of nothing\n\n";
  }

  private void list(String name, String... files) throws IOException {
    Files.writeString(
        root.resolve("var/lib/dpkg/info/" + name + ".list"), String.join("\n", files) + "\n");
  }

  private Map<String, InstalledPackage> packagesOf(String... paths) throws IOException {
    return PackageDatabase.of(false)
        .packagesOf(SystemTree.directory(root), List.of(paths))
        .packages();
  }

  private static InstalledPackage debian(String name, String version) {
    return new InstalledPackage("deb", "debian", name, version, "amd64");
  }

  @Test
  void aLibraryBelongsToThePackageThatListsIt() throws IOException {
    assertThat(packagesOf("/usr/lib/libz.so.1"))
        .containsExactly(Map.entry("/usr/lib/libz.so.1", debian("libz", "1:2.0")));
  }

  @Test
  void aLibraryOfAPackageForOneArchitectureIsFoundToo() throws IOException {
    assertThat(packagesOf("/usr/lib/libz.so.1", "/usr/lib/tool/libtool.so"))
        .containsEntry("/usr/lib/libz.so.1", debian("libz", "1:2.0"))
        .containsEntry("/usr/lib/tool/libtool.so", debian("tool", "3"));
  }

  @Test
  void aLibraryMayBeListedWithoutUsr() throws IOException {
    assertThat(packagesOf("/lib/libz.so.1"))
        .containsExactly(Map.entry("/lib/libz.so.1", debian("libz", "1:2.0")));
  }

  @Test
  void ofTwoPackagesThatListALibraryTheOneForSeveralArchitecturesCounts() throws IOException {
    for (String other : List.of("/usr/lib/libz.so.1", "/usr/lib/tool/libtool.so")) {
      assertThat(packagesOf("/usr/lib/libshared.so", other))
          .containsEntry("/usr/lib/libshared.so", debian("libz", "1:2.0"));
    }
  }

  @Test
  void aFileOfNoPackageHasNone() throws IOException {
    assertThat(packagesOf("/usr/local/lib/libown.so")).isEmpty();
  }
}
