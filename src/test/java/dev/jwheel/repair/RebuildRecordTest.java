// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A RECORD whose hashes say nothing, as some builders write it. */
class RebuildRecordTest {
  private static final String ADVICE =
      "--rebuild-record rewrites RECORD where its hashes are malformed";

  @TempDir private Path directory;

  private Workshop wheel() throws Exception {
    return Workshop.wheel(directory)
        .member("demo/m.so", "m-ver.so")
        .member("demo/__init__.py", new byte[12])
        .library("libver.so.1", "libver.so.1");
  }

  /** As Python writes bytes where text was meant. */
  private static String asBytes(String rows) {
    return rows.lines()
        .map(row -> row.replaceFirst("sha256=([^,]*)", "sha256=b'$1='"))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  @Test
  void aMalformedHashIsRefusedWithTheOptionThatHelps() throws Exception {
    Workshop shop = wheel().record(RebuildRecordTest::asBytes);
    RepairException refused = shop.refused();
    assertThat(refused.reasons())
        .extracting(RefusalReason::sentence)
        .anyMatch(reason -> reason.matches("demo/m\\.so .*RECORD states sha256=b'.*='"));
    assertThat(refused.notes()).contains(ADVICE);
    assertThatThrownBy(shop::rehearse)
        .isInstanceOfSatisfying(
            RepairException.class, refusal -> assertThat(refusal.notes()).contains(ADVICE));
  }

  @Test
  void aRecordOfMalformedHashesIsRebuiltWhereThatIsAskedFor() throws Exception {
    RepairedWheel wheel = wheel().record(RebuildRecordTest::asBytes).rebuildRecord().repair();
    assertThat(wheel.recordDefects()).isEmpty();
    assertThat(wheel.text("demo-1.0.dist-info/RECORD")).doesNotContain("b'");
    assertThat(wheel.plan().notes())
        .extracting(RepairNote::sentence)
        .anyMatch(
            note -> note.startsWith("RECORD stated malformed hashes of demo/m.so, demo/__init__"));
  }

  @Test
  void aRepairOfRunPathsRebuildsItToo() throws Exception {
    Workshop shop = wheel().record(RebuildRecordTest::asBytes).onlyRunPaths();
    assertThat(shop.refused().notes()).contains(ADVICE);
    assertThat(shop.rebuildRecord().repair().recordDefects()).isEmpty();
  }

  @Test
  void aHashThatTheContentContradictsIsRefusedAllTheSame() throws Exception {
    for (String member : new String[] {"demo/m.so", "demo/__init__.py"}) {
      Workshop shop =
          wheel()
              .record(
                  rows ->
                      asBytes(rows)
                          .replaceAll(
                              member + ",sha256=[^,]*", member + ",sha256=" + "A".repeat(43)))
              .rebuildRecord();
      assertThat(shop.refusal())
          .singleElement()
          .asString()
          .startsWith(member + " has the hash")
          .endsWith("RECORD states sha256=" + "A".repeat(43));
    }
  }

  @Test
  void aSizeThatTheContentContradictsIsRefusedAllTheSame() throws Exception {
    Workshop shop =
        wheel()
            .record(rows -> asBytes(rows).replaceFirst("(demo/__init__.py,[^,]*),12", "$1,13"))
            .rebuildRecord();
    assertThat(shop.refusal()).containsExactly("demo/__init__.py has 12 bytes, RECORD states 13");
  }

  @Test
  void theSecondOfTwoRootIsPurelibLinesIsDropped() throws Exception {
    RepairedWheel wheel =
        wheel()
            .wheelFile(
                "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\n"
                    + "Root-Is-Purelib: false\nTag: cp311-cp311-linux_x86_64\n")
            .repair();
    assertThat(wheel.text("demo-1.0.dist-info/WHEEL").lines())
        .filteredOn(line -> line.startsWith("Root-Is-Purelib"))
        .containsExactly("Root-Is-Purelib: false");
  }
}
