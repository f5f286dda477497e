// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "devices, pipes, owners and access control lists")
class OutputFileTest {
  private static final String NOBODY = "65534";

  @TempDir private Path directory;

  /** Edits the file that it is given; the process of a test. */
  static final class Editor {
    private Editor() {}

    public static void main(String[] arguments) {
      try {
        edit(Path.of(arguments[0]), "new content");
        System.out.print("written");
      } catch (IOException e) {
        System.out.print(e);
      }
    }
  }

  @BeforeEach
  void othersMayLookIntoTheDirectory() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void edit(Path file, String content) throws IOException {
    EditedFile.write(file, file, channel -> channel.write(bytes(content)));
  }

  private static void write(Path file, String content) throws IOException {
    try (OutputFile output = OutputFile.create(file)) {
      try {
        output.channel().write(bytes(content));
      } catch (IOException e) {
        throw output.named(e);
      }
      output.force();
      output.commit();
    }
  }

  private static ByteBuffer bytes(String content) {
    return ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Runs a program; the test is skipped where there is none, or it may not do what it is to do. */
  private static String run(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, command[0] + " is not installed");
      throw e;
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    assumeTrue(status == 0, () -> command[0] + ": " + output);
    return output;
  }

  private Path device(int major, int minor) throws Exception {
    Path device = directory.resolve("device");
    run("mknod", device.toString(), "c", "" + major, "" + minor);
    try (FileChannel channel = FileChannel.open(device, StandardOpenOption.WRITE)) {
      assertThat(channel.isOpen()).isTrue();
    } catch (IOException e) {
      assumeTrue(false, "devices cannot be opened here");
    }
    return device;
  }

  /** Edits a file as a user who is not root. */
  private static String editAsUser(Path file) throws Exception {
    List<String> command = new ArrayList<>();
    if ("root".equals(System.getProperty("user.name"))) {
      run("chown", NOBODY, file.toString());
      command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    }
    return editIn(command, file);
  }

  private static String editIn(List<String> prefix, Path file) throws Exception {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Editor.class.getName(), file.toString()));
    return run(command.toArray(String[]::new));
  }

  private List<String> names() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      List<String> names = new ArrayList<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }

  @Test
  void aDeviceIsWrittenIntoAndStaysADevice() throws Exception {
    Path device = device(1, 3);
    write(device, "content");
    edit(device, "content");
    assertThat(Files.isRegularFile(device)).isFalse();
    assertThat(names()).containsExactly("device");
  }

  @Test
  void aDeviceThatTakesNothingIsNamed() throws Exception {
    Path full = device(1, 7);
    assertThatThrownBy(() -> write(full, "content")).hasMessage(full + ": No space left on device");
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  @Test
  void theReaderOfAPipeGetsWhatIsWritten() throws Exception {
    Path pipe = directory.resolve("pipe");
    run("mkfifo", pipe.toString());
    CompletableFuture<String> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                return e.toString();
              }
            });
    write(pipe, "content");
    assertThat(read.get()).isEqualTo("content");
    assertThat(names()).containsExactly("pipe");
  }

  @Test
  void whatIsOpenIsWrittenIntoByTheLinkToIt() throws IOException {
    Path file = Files.writeString(directory.resolve("open"), "old and longer content");
    Object inode = Files.getAttribute(file, "unix:ino");
    try (FileChannel open = FileChannel.open(file);
        DirectoryStream<Path> links = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      Path link = directory.resolve("link");
      for (Path candidate : links) {
        if (Files.isSymbolicLink(candidate)
            && Files.readSymbolicLink(candidate).equals(file.toRealPath())) {
          Files.createSymbolicLink(link, candidate);
          break;
        }
      }
      write(link, "new content");
      assertThat(open.isOpen()).isTrue();
    }
    assertThat(file).hasContent("new content");
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void linksAreFollowedToAFileThatIsNotThereYet() throws IOException {
    Files.createSymbolicLink(directory.resolve("b"), Path.of("c"));
    Path link = Files.createSymbolicLink(directory.resolve("a"), Path.of("b"));
    write(link, "content");
    assertThat(directory.resolve("c")).isRegularFile().hasContent("content");
    assertThat(link).isSymbolicLink();
  }

  @Test
  void linksThatLeadInACircleAreReported() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("a"), Path.of("a"));
    assertThatThrownBy(() -> write(link, "content")).hasMessage(link + ": too many symbolic links");
  }

  @ParameterizedTest
  @CsvSource({"short, r-xr-xr-x", "much longer than the new content, r-xr-xr-x"})
  void aFileInAReadOnlyDirectoryIsWrittenInPlace(String content, String mode) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), content);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));

    assertThat(editAsUser(file)).isEqualTo("written");

    assertThat(file).hasContent("new content");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void aFileOfAnotherUserInAStickyDirectoryIsWrittenInPlace() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")));
    run("chmod", "1777", directory.toString());
    Path file = Files.writeString(directory.resolve("file"), "old");
    run("chmod", "666", file.toString());

    List<String> user = List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
    assertThat(editIn(user, file)).isEqualTo("written");

    assertThat(file).hasContent("new content");
    assertThat(names()).containsExactly("file");
  }

  @Test
  void aFileThatIsAMountPointIsWrittenInPlace() throws Exception {
    Path below = Files.writeString(directory.resolve("below"), "below");
    Path file = Files.writeString(directory.resolve("file"), "old");
    List<String> inNamespace =
        List.of(
            "unshare",
            "-m",
            "sh",
            "-c",
            "mount --bind " + file + " " + below + " && exec \"$@\"",
            "sh");

    assertThat(editIn(inNamespace, below)).isEqualTo("written");

    assertThat(file).hasContent("new content");
    assertThat(below).hasContent("below");
    assertThat(names()).containsExactlyInAnyOrder("below", "file");
  }

  @Test
  void aFileWithoutWritePermissionIsRefused() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));

    assertThat(editAsUser(file)).isEqualTo(AccessDeniedException.class.getName() + ": " + file);

    assertThat(file).hasContent("old");
  }

  @Test
  void anEditedFileKeepsItsAttributes() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "old");
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    try {
      view.write("origin", bytes("hello"));
    } catch (IOException e) {
      assumeTrue(false, "this file system has no attributes");
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));

    edit(file, "new");

    assertThat(file).hasContent("new");
    assertThat(view.list()).contains("origin");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rwxr-x--x");
  }

  @Test
  void anEditedFileKeepsItsAccessControlList() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "old");
    run("setfacl", "-m", "u:12345:rw", file.toString());
    String before = run("getfacl", "-n", file.toString());

    edit(file, "new");

    assertThat(file).hasContent("new");
    assertThat(run("getfacl", "-n", file.toString())).isEqualTo(before).contains("user:12345:rw-");
  }

  @Test
  void aPipeNamedLikeATemporaryFileDoesNotHoldAnythingUp() throws Exception {
    run("mkfifo", directory.resolve(".jwheel-1-1-1.tmp").toString());
    Files.createSymbolicLink(directory.resolve(".jwheel-1-1-2.tmp"), Path.of(".jwheel-1-1-1.tmp"));
    Path file = directory.resolve("file");

    assertTimeoutPreemptively(Duration.ofSeconds(20), () -> write(file, "content"));

    assertThat(file).hasContent("content");
    assertThat(names()).containsExactlyInAnyOrder(".jwheel-1-1-1.tmp", ".jwheel-1-1-2.tmp", "file");
  }

  @Test
  void aMissingDirectoryIsReportedWithTheNameOfTheFile() {
    Path file = directory.resolve("missing/file");
    assertThatThrownBy(() -> write(file, "content"))
        .hasMessage(file + ": its directory does not exist");
  }

  @Test
  void aDirectoryIsNotWritten() {
    assertThatThrownBy(() -> write(directory, "content"))
        .hasMessage(directory + ": is a directory, expected a file");
  }

  @Test
  void aFileThatBecameADeviceMeanwhileIsNotReplaced() throws Exception {
    Path device = device(1, 3);
    Path target = directory.resolve("target");
    try (OutputFile output = OutputFile.create(target)) {
      output.channel().write(bytes("content"));
      Files.move(device, target);
      output.commit();
    }
    assumeFalse(Files.notExists(target));
    assertThat(Files.isRegularFile(target)).isFalse();
  }
}
