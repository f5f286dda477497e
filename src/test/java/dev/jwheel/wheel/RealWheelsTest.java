// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RealWheelsTest {

  @Test
  void everyMemberOfARealWheelIsReadAndHashesAsRecorded() throws IOException {
    Map<String, Object> found = new TreeMap<>();
    for (Path path : RealWheels.all()) {
      try (WheelArchive wheel = WheelArchive.open(path)) {
        for (ZipMember member : wheel.members()) {
          assertThat(wheel.zip().read(member)).hasSize((int) member.size());
        }
        assertThat(wheel.fileName().toString()).isEqualTo(path.getFileName().toString());
        for (Defect defect : wheel.defects()) {
          found.put(path.getFileName() + " " + defect, "");
        }
        for (Defect defect : wheel.verifyRecord()) {
          found.put(path.getFileName() + " " + defect, "");
        }
      }
    }
    assertThat(found.keySet()).isEmpty();
  }
}
