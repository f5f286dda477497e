// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database and the program that reads it, which here is a script of the test. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the program is a script of the shell")
class RpmDatabaseTest {
  private static final String LIBRARY = "/usr/lib64/libz.so.1";
  private static final String OPENSSL = "package\\topenssl-libs\\t1\\t3.2.2\\t6.el9\\tx86_64";

  @TempDir private Path directory;
  private Path root;

  @BeforeEach
  void aSystemWithADatabase() throws IOException {
    root = directory.resolve("root");
    Files.createDirectories(root.resolve("var/lib/rpm"));
    Files.writeString(root.resolve("var/lib/rpm/rpmdb.sqlite"), "the database");
    Files.writeString(root.resolve("var/lib/rpm/.rpm.lock"), "");
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc/os-release"), "ID=\"almalinux\"\n");
  }

  /** A program that leaves its arguments in a file and then runs some lines. */
  private RpmProgram rpm(String lines) throws IOException {
    Path program =
        Files.createFile(
            directory.resolve("rpm"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        program,
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >'" + directory + "/arguments'\n" + lines + "\n");
    return new RpmProgram(program.toString(), 120, 1 << 16);
  }

  private PackageDatabase.Answer ask(RpmProgram rpm, String... paths) throws IOException {
    return new PackageDatabase(rpm).packagesOf(SystemTree.directory(root), List.of(paths));
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(directory.resolve("arguments"));
  }

  @Test
  void aLibraryBelongsToThePackageThatListsIt() throws IOException {
    RpmProgram rpm = rpm("printf '" + OPENSSL + "\\n\\t/a\\n\\t/usr/lib64/libssl.so.3\\n'");
    assertThat(ask(rpm, "/lib64/libssl.so.3").packages())
        .containsExactly(
            Map.entry(
                "/lib64/libssl.so.3",
                new InstalledPackage(
                    "rpm", "almalinux", "openssl-libs", "1:3.2.2-6.el9", "x86_64")));
  }

  @Test
  void thereIsOneCallForAllFiles() throws IOException {
    ask(rpm("echo file / is not owned by any package"), LIBRARY, "/lib64/libssl.so.3");
    assertThat(arguments())
        .contains(LIBRARY, "/lib64/libz.so.1", "/lib64/libssl.so.3", "/usr/lib64/libssl.so.3");
  }

  @Test
  void theDatabaseOfASysrootIsReadFromACopyThatIsRemoved() throws IOException {
    RpmProgram rpm =
        rpm("ls -A \"$2\" >'" + directory + "/seen'; touch \"$2/wal\"; echo 'file / is not owned'");
    assertThat(ask(rpm, LIBRARY).problem()).isEmpty();
    assertThat(directory.resolve("seen")).hasContent("rpmdb.sqlite");
    Path copy = Path.of(arguments().get(1));
    assertThat(arguments().get(0)).isEqualTo("--dbpath");
    assertThat(copy).doesNotExist();
    assertThat(copy.startsWith(root)).isFalse();
    try (var files = Files.list(root.resolve("var/lib/rpm"))) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void withoutADatabaseNoProgramIsStarted() throws IOException {
    Files.delete(root.resolve("var/lib/rpm/rpmdb.sqlite"));
    assertThat(ask(rpm("exit 1"), LIBRARY).problem()).isEmpty();
    assertThat(directory.resolve("arguments")).doesNotExist();
  }

  @Test
  void whereEveryFileHasAPackageNoProgramIsStarted() throws IOException {
    Files.createDirectories(root.resolve("lib/apk/db"));
    Files.writeString(
        root.resolve("lib/apk/db/installed"), "P:zlib\nV:1\nA:x\nF:usr/lib64\nR:libz.so.1\n");
    assertThat(ask(rpm("exit 1"), LIBRARY).packages()).containsKey(LIBRARY);
    assertThat(directory.resolve("arguments")).doesNotExist();
  }

  @Test
  void aQueryThatIsNotWantedIsAProblemOnlyWhereThereIsADatabase() throws IOException {
    PackageDatabase none = PackageDatabase.of(false);
    assertThat(none.packagesOf(SystemTree.directory(root), List.of(LIBRARY)).problem())
        .contains("rpm was not to be asked");
    assertThat(none.packagesOf(SystemTree.empty(), List.of(LIBRARY)).problem()).isEmpty();
  }

  @Test
  void aProgramThatIsNotThereIsAProblem() throws IOException {
    RpmProgram absent = new RpmProgram(directory.resolve("absent").toString(), 60, 1000);
    assertThat(ask(absent, LIBRARY).problem()).contains("there is no rpm that can be started");
  }

  @Test
  void aDatabaseThatCannotBeReadIsAProblem() throws IOException {
    String lines =
        "echo 'error: cannot open \033Packages' >&2; echo 'file /x is not owned'; exit 1";
    assertThat(ask(rpm(lines), LIBRARY).problem())
        .contains("rpm says: cannot open \\u001bPackages");
  }

  @Test
  void aFileThatTheHostDoesNotHaveIsNoProblem() throws IOException {
    String lines = "echo 'error: file /usr/lib64/libz.so.1: No such file or directory' >&2; exit 2";
    assertThat(ask(rpm(lines), LIBRARY).problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 0", "exit 77", "printf 'package\\t\\n'; exit 0", "kill -9 $$"})
  void anAnswerThatIsNoneIsAProblem(String lines) throws IOException {
    assertThat(ask(rpm(lines), LIBRARY).problem()).isPresent();
  }

  @Test
  void anAnswerWithoutEndIsCut() throws IOException {
    assertThat(ask(rpm("exec yes"), LIBRARY).problem())
        .contains("rpm prints more than 65536 bytes");
  }

  @Test
  void errorsWithoutEndDoNotBlockTheAnswer() throws IOException {
    String lines = "yes | head -c 3000000 >&2; printf '" + OPENSSL + "\\n\\t" + LIBRARY + "\\n'";
    assertThat(ask(rpm(lines), LIBRARY).packages()).containsKey(LIBRARY);
  }

  @Test
  void aProgramThatHangsIsStopped() throws IOException {
    RpmProgram rpm = new RpmProgram(rpm("sleep 1000").command(), 1, 1000);
    assertThat(ask(rpm, LIBRARY).problem()).contains("rpm does not answer within 1 seconds");
  }
}
