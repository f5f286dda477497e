// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.io.ByteSource;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Digest;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and sizes stated in RECORD. A member that contradicts its row never gets a new one, unless
 * the row's hash is malformed, so that it says nothing, and RECORD is to be rebuilt.
 */
public final class RecordHashes {
  private static final String ALGORITHM = "sha256";
  private static final String HASH = "record-hash";

  private final WheelArchive wheel;
  private final boolean rebuild;
  private final Map<String, RecordRow> rows = new HashMap<>();

  /**
   * @param rebuild whether malformed hashes are left out of account
   */
  RecordHashes(WheelArchive wheel, boolean rebuild) {
    this.wheel = wheel;
    this.rebuild = rebuild;
    for (RecordRow row : wheel.record().map(RecordFile::rows).orElse(List.of())) {
      rows.put(row.path(), row);
    }
  }

  /** What RECORD states of members and their content contradicts; every member is read. */
  List<String> contradictions() throws IOException {
    return wheel.verifyRecord().stream()
        .filter(defect -> !defect.code().equals(HASH) || !isLeftOut(rows.get(defect.place())))
        .map(defect -> defect.place() + " " + defect.problem())
        .toList();
  }

  private boolean isLeftOut(@Nullable RecordRow row) {
    return rebuild && row != null && row.statesMalformedHash();
  }

  /** Returns what helps against malformed hashes, where there are any. */
  Optional<String> advice() {
    return !rebuild && rows.values().stream().anyMatch(RecordRow::statesMalformedHash)
        ? Optional.of("--rebuild-record rewrites RECORD where its hashes are malformed")
        : Optional.empty();
  }

  /** Returns the members whose stated hash was left out of account. */
  List<String> leftOut() {
    return wheel.members().stream()
        .map(ZipMember::name)
        .filter(name -> isLeftOut(rows.get(name)))
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
    return row.statesHashOf(ALGORITHM) && !row.statesDigest(sha256) && !isLeftOut(row)
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

  /** Whether all content has to be read before anything is written. */
  boolean isReadFirst() {
    return rebuild
        || rows.values().stream()
            .anyMatch(row -> row.hash().isPresent() && !row.statesHashOf(ALGORITHM));
  }
}
