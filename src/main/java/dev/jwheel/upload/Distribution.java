// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.FormPart;
import java.nio.file.Path;
import java.util.List;

/**
 * A file to be uploaded, as it was when it was looked at.
 *
 * @param path where it lies
 * @param fileName its name without directory
 * @param kind what it is
 * @param size its length in bytes
 * @param sha256 its SHA-256 in hexadecimal
 * @param project the project's name by its metadata
 * @param pythonTag the Python tags of a wheel's name, joined by dots; {@code source} for a source
 *     distribution
 * @param metadata the text of METADATA or PKG-INFO, to the letter
 * @param fields the metadata as the form carries it, {@code metadata_version}, {@code name} and
 *     {@code version} among them
 * @param attestations the attestations (PEP 740) that lie beside it, each a JSON text
 * @param objections why the public index would refuse it
 */
public record Distribution(
    Path path,
    String fileName,
    DistributionKind kind,
    long size,
    String sha256,
    String project,
    String pythonTag,
    String metadata,
    List<FormPart> fields,
    List<String> attestations,
    List<String> objections) {

  public Distribution {
    fields = List.copyOf(fields);
    attestations = List.copyOf(attestations);
    objections = List.copyOf(objections);
  }
}
