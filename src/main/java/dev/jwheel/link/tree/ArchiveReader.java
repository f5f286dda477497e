// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.io.RationedInput;
import dev.jwheel.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Reads the members of a tar archive from the first to the last. The archive may be compressed, and
 * it may be the data member of a Debian package (deb(5)); the content tells, not the name.
 */
final class ArchiveReader {
  private static final byte[] AR = "!<arch>\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};
  private static final byte[] BZIP2 = {'B', 'Z', 'h'};
  private static final int BUFFER = 1 << 16;
  private static final int TAR_BLOCK = 512;

  /** So much may stand before a member's content: its header, and long names and the like. */
  private static final int MAX_HEADERS = 1 << 20;

  private static final int XZ_MEMORY_KIB = 256 << 10;

  private final Path file;

  ArchiveReader(Path file) {
    this.file = file;
  }

  /** Takes one member after the other. */
  interface Visitor {
    /**
     * Takes a member.
     *
     * @param content the member's content, to be read before the method returns, or left
     */
    void visit(TarArchiveEntry member, InputStream content) throws IOException;
  }

  /**
   * Shows every member to a visitor.
   *
   * @throws IOException naming the file, if it is no such archive, damaged, or cannot be read
   */
  void read(Visitor visitor) throws IOException {
    try (InputStream in = buffered(Files.newInputStream(file))) {
      if (startsWith(in, AR)) {
        readPackage(in, visitor);
      } else {
        readTar(in, visitor);
      }
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(file.toString())
          ? e
          : new IOException(file + ": not a sound archive: " + reason(e), e);
    } catch (RuntimeException e) {
      throw new IOException(file + ": not a sound archive: " + e, e);
    }
  }

  /** Decoders say that an archive ends too early by an exception without a word. */
  private static String reason(IOException problem) {
    String message = problem.getMessage();
    return message == null || problem instanceof EOFException ? "it ends too early" : message;
  }

  private void readPackage(InputStream in, Visitor visitor) throws IOException {
    ArArchiveInputStream members = new ArArchiveInputStream(in);
    for (ArArchiveEntry member = members.getNextEntry();
        member != null;
        member = members.getNextEntry()) {
      if (member.getName().startsWith("data.tar")) {
        readTar(buffered(members), visitor);
        return;
      }
    }
    throw new IOException(file + ": no Debian package: expected a member data.tar");
  }

  private void readTar(InputStream packed, Visitor visitor) throws IOException {
    InputStream in = buffered(decompressed(packed));
    in.mark(TAR_BLOCK);
    byte[] header = in.readNBytes(TAR_BLOCK);
    in.reset();
    if (!TarArchiveInputStream.matches(header, header.length)) {
      throw new IOException(
          file
              + ": expected a directory, a Debian package, or a tar archive, plain or compressed"
              + " with gzip, xz, zstd or bzip2");
    }
    RationedInput rationed = new RationedInput(in);
    rationed.allow(MAX_HEADERS);
    TarArchiveInputStream members =
        new TarArchiveInputStream(rationed, StandardCharsets.UTF_8.name());
    for (TarArchiveEntry member = members.getNextEntry();
        member != null;
        member = members.getNextEntry()) {
      rationed.allow(Math.max(0, member.getSize()) + MAX_HEADERS);
      visitor.visit(member, members);
    }
  }

  private static InputStream decompressed(InputStream in) throws IOException {
    if (startsWith(in, GZIP)) {
      return new GZIPInputStream(in, BUFFER);
    }
    if (startsWith(in, XZ)) {
      return new XZInputStream(in, XZ_MEMORY_KIB);
    }
    if (startsWith(in, BZIP2)) {
      return new BZip2CompressorInputStream(in, true);
    }
    in.mark(Integer.BYTES);
    byte[] start = in.readNBytes(Integer.BYTES);
    in.reset();
    boolean zstd =
        start.length == Integer.BYTES
            && ZstdInputStream.isZstd(
                ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt());
    return zstd ? new ZstdInputStream(in) : in;
  }

  private static boolean startsWith(InputStream in, byte[] magic) throws IOException {
    in.mark(magic.length);
    byte[] start = in.readNBytes(magic.length);
    in.reset();
    return Arrays.equals(start, magic);
  }

  private static InputStream buffered(InputStream in) {
    return new BufferedInputStream(in, BUFFER);
  }
}
