// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.cli.JavaHomes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The result depends on the wheel, the libraries and the options alone. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "umask and locales of Unix")
class SameBytesIT {
  @TempDir Path directory;

  @Test
  void theWheelIsTheSameUnderAnyUmaskZoneAndLocale() throws Exception {
    Path wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .library("libver.so.1", "libver.so.1")
            .make();
    List<byte[]> results = new ArrayList<>();
    for (String setting :
        List.of(
            "umask 022; TZ=UTC LC_ALL=C",
            "umask 077; TZ=Asia/Kathmandu LC_ALL=tr_TR.UTF-8 JDK_JAVA_OPTIONS=-XX:ActiveProcessorCount=7",
            "umask 022; TZ=America/St_Johns JDK_JAVA_OPTIONS='-Duser.language=ar -XX:ActiveProcessorCount=1'")) {
      Path out = directory.resolve("out" + results.size());
      List<String> command = new ArrayList<>(List.of("sh", "-c", setting + " exec \"$@\"", "sh"));
      command.addAll(Built.java(Workshop.arguments(directory, out, wheel)));
      Built.Result repair = Built.run(command.toArray(String[]::new));
      assertThat(repair.status()).as(repair.output()).isZero();
      results.add(Files.readAllBytes(Built.only(out)));
    }
    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  /** What deflating makes of it is the matter of the zlib that a Java brings. */
  @Test
  void onEveryJavaTheWheelIsTheSameButForCompressedBytes() throws Exception {
    List<Path> homes = List.copyOf(JavaHomes.all());
    Built.skipUnless(homes.size() > 1, "only one Java is installed");
    Path wheel =
        Workshop.wheel(directory)
            .member("demo/m.so", "m-ver.so")
            .member("demo/data.txt", "unchanged ".repeat(9999).getBytes(StandardCharsets.UTF_8))
            .library("libver.so.1", "libver.so.1")
            .make();
    List<List<String>> results = new ArrayList<>();
    for (Path home : homes) {
      Path out = directory.resolve("out" + results.size());
      List<String> command = new ArrayList<>(List.of(home.resolve("bin/java").toString(), "-jar"));
      command.add(Built.JAR.toString());
      command.addAll(List.of(Workshop.arguments(directory, out, wheel)));
      Built.must(command.toArray(String[]::new));
      results.add(described(Built.only(out)));
    }
    assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(results.get(0)));
  }

  /** Everything that a wheel says, by a reader that is not ours: a line for each member. */
  private static List<String> described(Path wheel) throws IOException {
    List<String> lines = new ArrayList<>(List.of(wheel.getFileName().toString()));
    try (ZipFile zip = ZipFile.builder().setPath(wheel).get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        lines.add(
            String.join(
                " ",
                entry.getName(),
                "method " + entry.getMethod(),
                "flags " + entry.getRawFlag(),
                "versions " + entry.getVersionMadeBy() + " " + entry.getVersionRequired(),
                "system " + entry.getPlatform(),
                "time " + entry.getTime(),
                "mode " + Long.toHexString(entry.getExternalAttributes()),
                "internal " + entry.getInternalAttributes(),
                "extra " + HexFormat.of().formatHex(entry.getCentralDirectoryExtra()),
                "local extra " + HexFormat.of().formatHex(entry.getLocalFileDataExtra()),
                "comment " + entry.getComment()));
        try (InputStream content = zip.getInputStream(entry)) {
          lines.add(HexFormat.of().formatHex(content.readAllBytes()));
        }
      }
    }
    return lines;
  }
}
