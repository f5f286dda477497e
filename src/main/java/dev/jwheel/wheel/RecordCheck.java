// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Holds {@code RECORD} against the members of the wheel. */
final class RecordCheck {
  private static final int BUFFER = 64 << 10;

  private final ZipArchive zip;
  private final String recordPath;
  private final List<RecordRow> rows;

  RecordCheck(ZipArchive zip, String recordPath, RecordFile record) {
    this.zip = zip;
    this.recordPath = recordPath;
    this.rows = record.rows();
  }

  /** Rows and members that have no partner; nothing is read. */
  void addListingDefects(List<Defect> defects) {
    Set<String> listed = new HashSet<>(2 * rows.size());
    for (RecordRow row : rows) {
      if (!listed.add(row.path())) {
        defects.add(new Defect("record-repeated", row.path(), "is listed twice in RECORD"));
      } else if (zip.find(row.path()).isEmpty()) {
        defects.add(absent(row.path()));
      }
      if (row.hash().isEmpty() && !isExempt(row.path())) {
        defects.add(new Defect("record-no-hash", row.path(), "has no hash in RECORD"));
      }
    }
    for (ZipMember member : zip.members()) {
      if (!member.isDirectory() && !listed.contains(member.name()) && !isSignature(member.name())) {
        defects.add(new Defect("record-unlisted", member.name(), "is not listed in RECORD"));
      }
    }
  }

  private static Defect absent(String path) {
    boolean outside = path.startsWith("/") || ("/" + path + "/").contains("/../");
    return new Defect(
        "record-absent",
        path,
        outside
            ? "is listed in RECORD and leads out of the wheel: pip removes such a file when the wheel"
                + " is uninstalled"
            : "is listed in RECORD and not in the wheel");
  }

  private boolean isExempt(String path) {
    return path.equals(recordPath) || isSignature(path);
  }

  /** PEP 427: the signatures are made after RECORD, so it cannot list them. */
  private boolean isSignature(String path) {
    return path.equals(recordPath + ".jws") || path.equals(recordPath + ".p7s");
  }

  /** Rows whose member has another size or hash; every member with a hash is inflated. */
  List<Defect> mismatches() throws IOException {
    List<Defect> defects = new ArrayList<>();
    for (RecordRow row : rows) {
      Optional<ZipMember> member = zip.find(row.path());
      if (member.isPresent()) {
        addMismatch(row, member.get(), defects);
      }
    }
    return defects;
  }

  private void addMismatch(RecordRow row, ZipMember member, List<Defect> defects)
      throws IOException {
    if (row.size().isPresent() && row.size().getAsLong() != member.size()) {
      defects.add(
          new Defect(
              "record-size",
              row.path(),
              "has " + member.size() + " bytes, RECORD states " + row.size().getAsLong()));
    } else if (row.hash().isPresent()) {
      addHashMismatch(row, row.hash().get(), member, defects);
    }
  }

  private void addHashMismatch(RecordRow row, String stated, ZipMember member, List<Defect> defects)
      throws IOException {
    int equals = stated.indexOf('=');
    String algorithm = stated.substring(0, Math.max(0, equals));
    Optional<MessageDigest> digest = digest(algorithm);
    if (digest.isEmpty()) {
      defects.add(
          new Defect(
              "record-hash",
              row.path(),
              "its hash in RECORD, " + stated + ", is of no known algorithm; expected sha256=..."));
      return;
    }
    String actual = hash(member, digest.get());
    if (!row.statesDigest(actual)) {
      defects.add(
          new Defect(
              "record-hash",
              row.path(),
              "has the hash " + algorithm + "=" + actual + ", RECORD states " + stated));
    }
  }

  private String hash(ZipMember member, MessageDigest digest) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream content = zip.open(member)) {
      for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
  }

  /** The algorithms by their names in Python's hashlib. */
  private static Optional<MessageDigest> digest(String algorithm) {
    String name =
        switch (algorithm.toLowerCase(Locale.ROOT)) {
          case "sha256" -> "SHA-256";
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          case "sha224" -> "SHA-224";
          case "sha1" -> "SHA-1";
          case "md5" -> "MD5";
          default -> "";
        };
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      return Optional.empty();
    }
  }
}
