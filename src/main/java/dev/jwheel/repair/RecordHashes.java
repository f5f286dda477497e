// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.io.ByteSource;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Digest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Hashes and sizes stated in RECORD. A member that contradicts its row never gets a new one. */
public final class RecordHashes {
  private static final String ALGORITHM = "sha256";

  private final WheelArchive wheel;
  private final Map<String, RecordRow> rows = new HashMap<>();

  RecordHashes(WheelArchive wheel) {
    this.wheel = wheel;
    for (RecordRow row : wheel.record().map(RecordFile::rows).orElse(List.of())) {
      rows.put(row.path(), row);
    }
  }

  /** What RECORD states of members and their content contradicts; every member is read. */
  static List<String> contradictions(WheelArchive wheel) throws IOException {
    return wheel.verifyRecord().stream()
        .map(defect -> defect.place() + " " + defect.problem())
        .toList();
  }

  /**
   * Reads a member that will change; one that contradicts its row is a reason to refuse.
   *
   * @param sha256 its SHA-256 as RECORD has it, where that is known
   */
  ByteSource read(String member, Optional<String> sha256, ReasonCollector reasons)
      throws IOException {
    byte[] content = wheel.zip().read(wheel.zip().find(member).orElseThrow());
    String digest = sha256.orElseGet(() -> Digest.sha256(content));
    contradiction(member, content.length, digest).ifPresent(reasons::add);
    return ByteSource.of(content);
  }

  /**
   * How a member's content contradicts its row.
   *
   * @param sha256 its SHA-256 in unpadded base64 of RFC 4648 section 5
   */
  public Optional<String> contradiction(String member, long size, String sha256) {
    RecordRow row = rows.get(member);
    if (row == null) {
      return Optional.empty();
    }
    if (row.size().isPresent() && row.size().getAsLong() != size) {
      return Optional.of(
          member + " has " + size + " bytes, RECORD states " + row.size().getAsLong());
    }
    return row.statesHashOf(ALGORITHM) && !row.statesDigest(sha256)
        ? Optional.of(
            member
                + " has the hash "
                + ALGORITHM
                + "="
                + sha256
                + ", RECORD states "
                + row.hash().orElse(""))
        : Optional.empty();
  }

  /** Whether RECORD states hashes that are not compared while members are copied. */
  boolean statesOtherHashes() {
    return rows.values().stream()
        .anyMatch(row -> row.hash().isPresent() && !row.statesHashOf(ALGORITHM));
  }
}
