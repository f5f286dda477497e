// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.io.ByteSource;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Digest;
import dev.jwheel.wheel.zip.ZipArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Finds the ELF files among a wheel's members by their content and reads their facts, on all
 * processors.
 *
 * <p>Every file is read to its end, where its size and CRC are checked: of a member that is not
 * what its headers state, installers would write different files. A mode does not make a member
 * something else: of a symbolic link installers write the content as a file. ELF members over 256
 * MiB pass through a temporary file.
 */
public final class MemberScanner {
  private static final int MAGIC_SIZE = 4;
  private static final long LARGE = 256L << 20;
  private static final long SMALL_WHEEL = 1L << 20;

  /** An ELF file in the wheel, or the damage that keeps its facts from us. */
  public sealed interface Scanned {
    /** The member's name. */
    String path();

    /** A file whose facts could be read. */
    record ReadableFile(String path, ElfBinary elf, Optional<String> sha256) implements Scanned {}

    /** A file that has ELF's magic number and cannot be read. */
    record Damaged(String path, ElfFormatException damage) implements Scanned {}
  }

  private final WheelArchive wheel;
  private final ZipArchive archive;
  private final Optional<KnownFiles> known;
  private final ScanProgress progress;
  private final boolean hashing;
  private final ContentVisitor visitor;
  private final AtomicLong done = new AtomicLong();

  public MemberScanner(WheelArchive wheel) {
    this(wheel, Optional.empty(), ScanProgress.SILENT, false, ContentVisitor.NONE);
  }

  private MemberScanner(
      WheelArchive wheel,
      Optional<KnownFiles> known,
      ScanProgress progress,
      boolean hashing,
      ContentVisitor visitor) {
    this.wheel = wheel;
    this.archive = wheel.zip();
    this.known = known;
    this.progress = progress;
    this.hashing = hashing;
    this.visitor = visitor;
  }

  /** Returns the same, which reports how far the reading is. */
  public MemberScanner withProgress(ScanProgress listener) {
    return new MemberScanner(wheel, known, listener, hashing, visitor);
  }

  /**
   * Returns the same, which takes the facts of files from the audit of a wheel that has them too.
   */
  public MemberScanner reusing(KnownFiles earlier) {
    return new MemberScanner(wheel, Optional.of(earlier), progress, hashing, visitor);
  }

  /** The same, with the SHA-256 of the ELF files that are read whole. */
  public MemberScanner hashing() {
    return new MemberScanner(wheel, known, progress, true, visitor);
  }

  /** Returns the same, which shows the contents that it reads. */
  public MemberScanner visiting(ContentVisitor listener) {
    return new MemberScanner(wheel, known, progress, hashing, listener);
  }

  WheelArchive wheel() {
    return wheel;
  }

  /**
   * The ELF files, in archive order.
   *
   * @throws IOException if the file cannot be read, or a member's content is damaged
   */
  public List<Scanned> scan() throws IOException {
    List<ZipMember> members = archive.members().stream().filter(m -> !m.isDirectory()).toList();
    long total = members.stream().mapToLong(ZipMember::size).sum();
    IntStream indexes = IntStream.range(0, members.size());
    try {
      return (isSmall(members) ? indexes : indexes.parallel())
          .mapToObj(i -> scanUnchecked(members.get(i), total))
          .flatMap(Optional::stream)
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isSmall(List<ZipMember> members) {
    return members.stream().mapToLong(ZipMember::compressedSize).sum() < SMALL_WHEEL
        && members.size() < 500;
  }

  private Optional<Scanned> scanUnchecked(ZipMember member, long total) {
    try {
      Optional<Scanned> scanned = scan(member);
      progress.scanned(done.addAndGet(member.size()), total);
      return scanned;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Scanned> scan(ZipMember member) throws IOException {
    boolean copied = known.isPresent() && known.get().has(wheel, member);
    if (copied) {
      Optional<ElfBinary> elf = known.get().of(member);
      if (elf.isPresent()) {
        return Optional.of(new Scanned.ReadableFile(member.name(), elf.get(), Optional.empty()));
      }
      if (!visitor.wants(member) && !isElf(archive.prefix(member, MAGIC_SIZE))) {
        return Optional.empty();
      }
    }
    try (InputStream content = archive.open(member)) {
      byte[] magic = content.readNBytes(MAGIC_SIZE);
      if (isElf(magic)) {
        return Optional.of(
            member.size() > LARGE ? scanLarge(member) : scanSmall(member, magic, content));
      }
      if (visitor.wants(member)) {
        show(member, archive.open(member));
      } else {
        content.transferTo(OutputStream.nullOutputStream());
      }
      return Optional.empty();
    }
  }

  private static boolean isElf(byte[] prefix) {
    return ElfBytes.isElf(ByteBuffer.wrap(prefix));
  }

  private Scanned scanSmall(ZipMember member, byte[] magic, InputStream rest) throws IOException {
    byte[] content = Arrays.copyOf(magic, (int) member.size());
    rest.readNBytes(content, magic.length, content.length - magic.length);
    rest.transferTo(OutputStream.nullOutputStream());
    if (visitor.wants(member)) {
      show(member, new ByteArrayInputStream(content));
    }
    Optional<String> sha256 = hashing ? Optional.of(Digest.sha256(content)) : Optional.empty();
    return read(member, ByteSource.of(content), sha256);
  }

  /** Shows a content, which is then read to its end. */
  private void show(ZipMember member, InputStream content) throws IOException {
    try (content) {
      visitor.visit(member, content);
      content.transferTo(OutputStream.nullOutputStream());
    }
  }

  private Scanned scanLarge(ZipMember member) throws IOException {
    Path copy = Files.createTempFile("jwheel-", ".elf");
    try {
      try (InputStream content = archive.open(member)) {
        Files.copy(content, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      if (visitor.wants(member)) {
        show(member, Files.newInputStream(copy));
      }
      return read(member, ByteSource.of(copy), Optional.empty());
    } finally {
      Files.delete(copy);
    }
  }

  private Scanned read(ZipMember member, ByteSource content, Optional<String> sha256) {
    try {
      ElfBytes bytes = ElfBytes.of(member.name(), content);
      ElfBinary elf = ElfReader.read(bytes, PythonModule.INIT_PREFIXES);
      visitor.visitElf(member.name(), bytes);
      return new Scanned.ReadableFile(member.name(), elf, sha256);
    } catch (ElfFormatException e) {
      return new Scanned.Damaged(member.name(), e);
    }
  }
}
