// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.zip.ZipMember;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds the hashes and sizes of RECORD against the members that the audit read. */
final class RecordRules implements RuleGroup {
  static final String HASH = "record-hash";

  private static final Set<String> STRONG = Set.of("sha256", "sha384", "sha512");

  @Override
  public void check(Subject subject, ResultList results) {
    for (RecordRow row : subject.wheel().record().map(RecordFile::rows).orElse(List.of())) {
      checkPath(row.path(), results);
      Optional<ZipMember> member = subject.wheel().zip().find(row.path());
      if (member.isPresent()) {
        checkRow(row, member.get(), subject.contents().digest(member.get()), results);
      }
    }
  }

  private static void checkPath(String path, ResultList results) {
    if (path.startsWith("/") || path.indexOf('\\') >= 0 || path.contains("../")) {
      results.add("record-format", path, "", "is not a relative path with / in RECORD");
    }
  }

  private static void checkRow(
      RecordRow row, ZipMember member, Optional<String> digest, ResultList results) {
    String path = row.path();
    if (row.size().isPresent() && row.size().getAsLong() != member.size()) {
      results.add(
          HASH,
          path,
          "size",
          "has " + member.size() + " bytes, RECORD states " + row.size().getAsLong());
      return;
    }
    if (row.hash().isEmpty()) {
      return;
    }
    String stated = row.hash().get();
    int equals = stated.indexOf('=');
    String algorithm = stated.substring(0, Math.max(0, equals));
    String value = stated.substring(equals + 1);
    if (!STRONG.contains(algorithm)) {
      results.add(HASH, path, "algorithm", "its hash in RECORD is not sha256 or better: " + stated);
    } else if (digest.isPresent() && !row.statesDigest(digest.get())) {
      results.add(
          HASH,
          path,
          "hash",
          "has the hash " + algorithm + "=" + digest.get() + ", RECORD states " + stated);
    } else if (digest.isPresent() && !value.equals(digest.get())) {
      results.add(
          HASH, path, "encoding", "its hash in RECORD is not unpadded URL-safe base64: " + stated);
    }
  }
}
