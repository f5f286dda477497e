// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.FakeFiles;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LdSoConfTest {
  private final FakeFiles files = new FakeFiles();

  private SearchPath path() {
    return LdSoConf.path(
            files.tree(), new LoaderNames(TinyElf.library().facts().identity()), Hwcaps.NONE)
        .all();
  }

  private List<String> configured() {
    return path().places().stream()
        .filter(directory -> directory.source() == SearchSource.CONFIGURATION)
        .map(SearchPlace::directory)
        .toList();
  }

  @Test
  void aLineIsADirectory() {
    files.text("/etc/ld.so.conf", "/one\n\n  /two/  \n/three");

    assertThat(configured()).containsExactly("/one", "/two", "/three");
  }

  @Test
  void aCommentEndsALine() {
    files.text("/etc/ld.so.conf", "# nothing\n/one # the first\n");

    assertThat(configured()).containsExactly("/one");
  }

  @Test
  void anIncludeTakesFilesByWildcardInOrder() {
    files
        .text("/etc/ld.so.conf", "include ld.so.conf.d/*.conf\n/last\n")
        .text("/etc/ld.so.conf.d/b.conf", "/b\n")
        .text("/etc/ld.so.conf.d/a.conf", "/a\n")
        .text("/etc/ld.so.conf.d/.hidden.conf", "/hidden\n")
        .text("/etc/ld.so.conf.d/a.conf.bak", "/old\n");

    assertThat(configured()).containsExactly("/a", "/b", "/last");
  }

  @Test
  void anIncludeMayBeAbsoluteAndNameSeveralPatterns() {
    files
        .text("/etc/ld.so.conf", "include /opt/x.conf\t/opt/?.d/conf\n")
        .text("/opt/x.conf", "/x\n")
        .text("/opt/y.d/conf", "/y\n");

    assertThat(configured()).containsExactly("/x", "/y");
  }

  @Test
  void aFileThatIncludesItselfIsReadOnce() {
    files.text("/etc/ld.so.conf", "/one\ninclude /etc/ld.so.conf\ninclude ld.so.*\n");

    assertThat(configured()).containsExactly("/one");
  }

  @Test
  void hwcapLinesAndOldTypeMarksMeanNothing() {
    files.text("/etc/ld.so.conf", "hwcap 0 nosegneg\n/one=libc6\n");

    assertThat(configured()).containsExactly("/one");
  }

  @Test
  void aRelativeDirectoryIsReported() {
    files.text("/etc/ld.so.conf", "lib/mine\n");

    assertThat(configured()).isEmpty();
    assertThat(path().ignored())
        .extracting(IgnoredEntry::entry, IgnoredEntry::declaredBy)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("lib/mine", "/etc/ld.so.conf"));
  }

  @Test
  void aLinkedConfigurationIsFollowed() {
    files.link("/etc/ld.so.conf", "/usr/etc/ld.so.conf").text("/usr/etc/ld.so.conf", "/one\n");

    assertThat(configured()).containsExactly("/one");
  }

  @Test
  void windowsLineEndsDoNotHurt() {
    files.text("/etc/ld.so.conf", "/one\r\n/two\r\n");

    assertThat(configured()).containsExactly("/one", "/two");
  }
}
