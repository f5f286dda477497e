// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.wheel.zip.Content;
import dev.jwheel.wheel.zip.MemberSource;
import dev.jwheel.wheel.zip.MemberSource.Copied;
import dev.jwheel.wheel.zip.MemberSource.Fresh;
import dev.jwheel.wheel.zip.WriteProgress;
import dev.jwheel.wheel.zip.WrittenMember;
import dev.jwheel.wheel.zip.ZipMember;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of this package together: a wheel gets other platform tags and nothing else. */
class RetaggedWheelTest {
  @TempDir private Path directory;

  @Test
  void aRetaggedRealWheelDiffersInItsTagsAlone() throws IOException {
    for (Path path : RealWheels.all()) {
      try (WheelArchive wheel = WheelArchive.open(path);
          WheelArchive retagged = WheelArchive.open(retag(wheel, List.of("linux_x86_64", "any")))) {
        assertThat(retagged.fileName().platformTags()).containsExactly("any", "linux_x86_64");
        assertThat(retagged.tagsOfFileNameAlone()).isEmpty();
        assertThat(retagged.tagsOfMetadataAlone()).isEmpty();
        assertThat(retagged.defects()).isEmpty();
        assertThat(retagged.verifyRecord()).isEmpty();
        assertThat(names(retagged)).containsExactlyInAnyOrderElementsOf(names(wheel));
      }
    }
  }

  private static List<String> names(WheelArchive wheel) {
    return wheel.members().stream().map(ZipMember::name).toList();
  }

  private Path retag(WheelArchive wheel, List<String> tags) throws IOException {
    WheelFileName name = wheel.fileName().withPlatformTags(tags);
    String metadata = wheel.metadata().withTags(name.tags()).serialize();
    Path target = directory.resolve(name.toString());
    String record = wheel.distInfo() + "/RECORD";
    List<MemberSource> sources = new ArrayList<>();
    for (ZipMember member : wheel.members()) {
      if (member.name().equals(wheel.distInfo() + "/WHEEL")) {
        sources.add(Fresh.replacing(member, Content.of(metadata.getBytes(UTF_8))));
      } else if (!member.name().equals(record)) {
        sources.add(new Copied(wheel.zip(), member, Optional.empty()));
      }
    }
    try (ZipWriter writer = ZipWriter.create(target, 6, 2, WriteProgress.SILENT)) {
      List<WrittenMember> written = writer.write(sources);
      byte[] rows = RecordFile.of(written, record).serialize().getBytes(UTF_8);
      writer.write(
          List.of(Fresh.replacing(wheel.zip().find(record).orElseThrow(), Content.of(rows))));
      writer.finish();
      writer.commit();
    }
    return target;
  }
}
