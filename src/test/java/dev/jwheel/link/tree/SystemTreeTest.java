// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import static dev.jwheel.link.TinyElf.library;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemTreeTest {
  @TempDir Path root;

  @BeforeEach
  void aSmallSystem() throws IOException {
    Files.createDirectories(root.resolve("usr/lib"));
    Files.write(root.resolve("usr/lib/libq.so.1.2"), library("libq.so.1").bytes());
  }

  private SystemTree tree() throws IOException {
    return SystemTree.directory(root);
  }

  private void link(String path, String target) throws IOException {
    try {
      Files.createSymbolicLink(root.resolve(path), Path.of(target));
    } catch (FileSystemException | UnsupportedOperationException e) {
      assumeTrue(false, "symbolic links cannot be made here: " + e);
    }
  }

  private static String realPath(LibraryFile file) {
    assertThat(file).isInstanceOf(LibraryFile.Library.class);
    return ((LibraryFile.Library) file).realPath();
  }

  @Test
  void aFileIsReadOnceAndItsFactsAreKept() throws IOException {
    SystemTree tree = tree();
    LibraryFile first = tree.find("/usr/lib/libq.so.1.2");
    Files.delete(root.resolve("usr/lib/libq.so.1.2"));

    assertThat(tree.find("/usr/lib/libq.so.1.2")).isSameAs(first);
  }

  @Test
  void anAbsoluteLinkLeadsToTheRootOfTheTree() throws IOException {
    link("lib", "/usr/lib");
    link("usr/lib/libq.so.1", "/lib/libq.so.1.2");

    assertThat(realPath(tree().find("/lib/libq.so.1"))).isEqualTo("/usr/lib/libq.so.1.2");
  }

  @Test
  void noLinkLeavesTheTree() throws IOException {
    link("up", "../../../../../../../../../usr/lib");

    assertThat(realPath(tree().find("/up/libq.so.1.2"))).isEqualTo("/usr/lib/libq.so.1.2");
  }

  @Test
  void parentsAreTakenAfterTheLinkBeforeThem() throws IOException {
    Files.createDirectories(root.resolve("opt/deep/lib"));
    Files.write(root.resolve("opt/deep/libr.so"), library().bytes());
    link("lib", "opt/deep/lib");

    assertThat(realPath(tree().find("/lib/../libr.so"))).isEqualTo("/opt/deep/libr.so");
  }

  @Test
  void aPathThroughAFileIsAbsent() throws IOException {
    assertThat(tree().find("/usr/lib/libq.so.1.2/libx.so")).isInstanceOf(LibraryFile.Absent.class);
  }

  @Test
  void anAbsentFileBehindALinkedDirectoryIsNoDanglingLink() throws IOException {
    link("lib", "usr/lib");

    assertThat(tree().find("/lib/gone.so")).isInstanceOf(LibraryFile.Absent.class);
  }

  @Test
  void aNameThatTheHostCannotHaveIsAbsent() throws IOException {
    assertThat(tree().find("/usr/lib/a\0b")).isInstanceOf(LibraryFile.Absent.class);
  }

  @Test
  void anEndlessPathIsUnusable() throws IOException {
    assertThat(tree().find("/usr".repeat(5000))).isInstanceOf(LibraryFile.Unusable.class);
  }

  @Test
  void twoHardLinksHaveOneIdentity() throws IOException {
    try {
      Files.createLink(root.resolve("usr/lib/libq.so"), root.resolve("usr/lib/libq.so.1.2"));
    } catch (FileSystemException | UnsupportedOperationException e) {
      assumeTrue(false, "hard links cannot be made here: " + e);
    }
    LibraryFile.Library one = (LibraryFile.Library) tree().find("/usr/lib/libq.so");
    LibraryFile.Library two = (LibraryFile.Library) tree().find("/usr/lib/libq.so.1.2");
    assumeTrue(!(one.identity() instanceof Path), "this host tells no file identity");

    assertThat(one.identity()).isEqualTo(two.identity());
  }

  @Test
  void theContentIsThatOfTheFileBehindTheLinks() throws IOException {
    link("usr/lib/libq.so.1", "libq.so.1.2");

    assertThat(tree().content("/usr/lib/libq.so.1").size())
        .isEqualTo(Files.size(root.resolve("usr/lib/libq.so.1.2")));
  }

  @Test
  void aFileOfTheHostHasAPathInTheTree() throws IOException {
    assertThat(tree().pathOf(root.resolve("usr/lib/../lib/libq.so.1.2")))
        .contains("/usr/lib/libq.so.1.2");
    assertThat(tree().pathOf(root.resolveSibling("elsewhere"))).isEmpty();
  }

  @Test
  void theHostFindsAFileByItsPathInIt() {
    SystemTree host = SystemTree.host();
    String path = host.pathOf(root.resolve("usr/lib/libq.so.1.2")).orElseThrow();

    assertThat(host.find(path)).isInstanceOf(LibraryFile.Library.class);
  }

  @Test
  void aRootThatIsNoDirectoryIsRefused() {
    assertThatThrownBy(() -> SystemTree.directory(root.resolve("usr/lib/libq.so.1.2")))
        .isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> SystemTree.directory(root.resolve("gone")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
