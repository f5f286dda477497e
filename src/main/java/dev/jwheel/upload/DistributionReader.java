// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.MetadataFile;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the files that are to be uploaded. */
public final class DistributionReader {
  private static final int MAX_ATTESTATION = 1 << 20;
  private static final String ATTESTATION = ".publish.attestation";

  private final boolean attestations;

  /**
   * @param attestations whether to read the attestations that lie beside the files
   */
  public DistributionReader(boolean attestations) {
    this.attestations = attestations;
  }

  /** Whether a file is an attestation, which is sent with another file and not by itself. */
  public static boolean isAttestation(Path path) {
    return String.valueOf(path.getFileName()).endsWith(ATTESTATION);
  }

  /**
   * Reads a wheel or a source distribution.
   *
   * @throws IOException if it is neither, or cannot be read
   */
  public Distribution read(Path path) throws IOException {
    String fileName = String.valueOf(path.getFileName());
    String small = fileName.toLowerCase(Locale.ROOT);
    boolean known =
        List.of(".whl", ".tar.gz", ".zip", ".tar", ".tar.bz2").stream().anyMatch(small::endsWith);
    if (!known) {
      throw new IOException(path + ": is not a distribution: expected *.whl, *.tar.gz or *.zip");
    }
    try (MetadataFile file = MetadataFile.open(path)) {
      Optional<WheelArchive> wheel = file.wheel();
      CoreMetadata metadata = file.metadata();
      return new Distribution(
          path,
          fileName,
          wheel.isPresent() ? DistributionKind.WHEEL : DistributionKind.SDIST,
          Files.size(path),
          Digests.ofFile(path, Digests.sha256()),
          metadata.first("Name").orElse("").strip(),
          wheel.map(DistributionReader::pythonTag).orElse("source"),
          text(path, file.bytes()),
          metadata.form(),
          attestations ? attestations(path) : List.of(),
          IndexObjections.of(file, fileName));
    }
  }

  private static String pythonTag(WheelArchive wheel) {
    return String.join(".", wheel.fileName().pythonTags());
  }

  private static String text(Path path, byte[] metadata) throws IOException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(metadata)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException(path + ": its metadata is not UTF-8", e);
    }
  }

  private static List<String> attestations(Path path) throws IOException {
    Path beside = path.resolveSibling(path.getFileName() + ATTESTATION);
    if (!Files.exists(beside)) {
      return List.of();
    }
    String text = BoundedFile.read(beside, MAX_ATTESTATION, "an attestation (PEP 740)").strip();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      boolean object = json.nextToken() == JsonToken.START_OBJECT;
      json.skipChildren();
      if (object && json.nextToken() == null) {
        return List.of(text);
      }
    } catch (JsonProcessingException e) {
      throw new IOException(
          beside + ": does not parse, expected an attestation (PEP 740): " + e.getOriginalMessage(),
          e);
    }
    throw new IOException(
        beside + ": is not one object of JSON, expected an attestation (PEP 740)");
  }
}
