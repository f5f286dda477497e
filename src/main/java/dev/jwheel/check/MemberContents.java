// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.ContentVisitor;
import dev.jwheel.elf.ElfDetails;
import dev.jwheel.elf.ElfOrigin;
import dev.jwheel.elf.VsyscallUse;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The contents that rules ask for, taken while the audit reads the members, so that no member is
 * inflated twice: digests, the texts of the dist-info directory, and the beginnings of scripts.
 */
final class MemberContents implements ContentVisitor {
  private static final int MAX_TEXT = 16 << 20;
  private static final int MAX_CODE = 1 << 20;
  private static final int START = 256;

  private final String distInfo;
  private final boolean hashing;
  private final Map<String, String> algorithms = new HashMap<>();
  private final Map<String, String> digests = new ConcurrentHashMap<>();
  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private final Map<String, ElfDetails> details = new ConcurrentHashMap<>();
  private final Map<String, ExportSummary> exports = new ConcurrentHashMap<>();
  private final Map<String, ElfOrigin> origins = new ConcurrentHashMap<>();
  private final Map<String, Boolean> vsyscalls = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> literals = new ConcurrentHashMap<>();

  /**
   * @param hashing whether to compute the digests that RECORD states
   */
  MemberContents(WheelArchive wheel, boolean hashing) {
    this.distInfo = wheel.distInfo() + "/";
    this.hashing = hashing;
    for (RecordRow row : wheel.record().map(RecordFile::rows).orElse(List.of())) {
      String stated = row.hash().orElse("");
      int equals = stated.indexOf('=');
      if (equals > 0) {
        algorithms.put(row.path(), stated.substring(0, equals));
      }
    }
  }

  @Override
  public boolean wants(ZipMember member) {
    return hashing && algorithms.containsKey(member.name()) || keeps(member.name()) > 0;
  }

  /** How many bytes of a member to keep. */
  private int keeps(String name) {
    if (name.startsWith(distInfo)) {
      return MAX_TEXT;
    }
    if (name.endsWith(".py")) {
      return MAX_CODE;
    }
    int data = name.indexOf(".data/scripts/");
    return data > 0 && name.indexOf('/') > data ? START : 0;
  }

  @Override
  public void visit(ZipMember member, InputStream content) throws IOException {
    String name = member.name();
    int limit = keeps(name);
    Optional<MessageDigest> digest =
        hashing ? digest(algorithms.getOrDefault(name, "")) : Optional.empty();
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    byte[] buffer = new byte[(int) Math.max(1, Math.min(64 << 10, member.size()))];
    for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
      if (digest.isPresent()) {
        digest.get().update(buffer, 0, count);
      }
      if (start.size() < limit) {
        start.write(buffer, 0, Math.min(count, limit - start.size()));
      }
    }
    if (name.endsWith(".py")) {
      Set<String> names = LibraryLiterals.in(start.toString(StandardCharsets.ISO_8859_1));
      if (!names.isEmpty()) {
        literals.put(name, names);
      }
    } else if (limit > 0) {
      kept.put(name, start.toByteArray());
    }
    if (digest.isPresent()) {
      digests.put(
          name, Base64.getUrlEncoder().withoutPadding().encodeToString(digest.get().digest()));
    }
  }

  /** Algorithms by their names in Python's hashlib; weak ones are reported and not computed. */
  private static Optional<MessageDigest> digest(String algorithm) {
    String name =
        switch (algorithm) {
          case "sha256" -> "SHA-256";
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          default -> "";
        };
    try {
      return name.isEmpty() ? Optional.empty() : Optional.of(MessageDigest.getInstance(name));
    } catch (NoSuchAlgorithmException e) {
      return Optional.empty();
    }
  }

  @Override
  public void visitElf(String path, ElfBytes bytes) {
    ExportSummary summary = new ExportSummary();
    origins.put(path, ElfOrigin.read(bytes));
    try {
      if (VsyscallUse.isIn(bytes)) {
        vsyscalls.put(path, true);
      }
      details.put(path, ElfDetails.read(bytes, summary));
      exports.put(path, summary);
    } catch (ElfFormatException e) {
      // The audit could read it, so that this is a table that no rule of its asks for.
      exports.remove(path);
    }
  }

  /** The details of an ELF file. */
  Optional<ElfDetails> details(String path) {
    return Optional.ofNullable(details.get(path));
  }

  /** What an ELF file says of the machine that built it. */
  ElfOrigin origin(String path) {
    return origins.getOrDefault(path, ElfOrigin.UNKNOWN);
  }

  /** Whether an ELF file is a static program that calls the vsyscall page. */
  boolean usesVsyscall(String path) {
    return vsyscalls.containsKey(path);
  }

  /** The libraries that Python code loads by literal names, by member; without those of none. */
  Map<String, Set<String>> literals() {
    return literals;
  }

  /** What an ELF file exports. */
  ExportSummary exports(String path) {
    return exports.getOrDefault(path, ExportSummary.NONE);
  }

  /** The digest of a member by the algorithm that RECORD states, in unpadded URL-safe base64. */
  Optional<String> digest(ZipMember member) {
    return Optional.ofNullable(digests.get(member.name()));
  }

  /** What was kept of a member: the whole of a text in dist-info, the beginning of a script. */
  Optional<byte[]> kept(String name) {
    return Optional.ofNullable(kept.get(name));
  }
}
