// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jwheel.check.CheckResult;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Results that are known and do not count: a JSON object of fingerprints, each with a text for who
 * reads the file.
 */
public final class Baseline {
  private static final int VERSION = 1;
  private static final String RESULTS = "results";
  private static final long MAX_SIZE = 64 << 20;

  private final Set<String> fingerprints;

  private Baseline(Set<String> fingerprints) {
    this.fingerprints = Set.copyOf(fingerprints);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is not a baseline
   */
  public static Baseline read(Path file) throws IOException {
    if (Files.size(file) > MAX_SIZE) {
      throw new IOException(file + ": is too large for a baseline");
    }
    Set<String> fingerprints = new HashSet<>();
    boolean found = false;
    try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(file))) {
      int depth = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (token == JsonToken.FIELD_NAME && depth == 1) {
          found |= json.currentName().equals(RESULTS);
        } else if (token == JsonToken.FIELD_NAME && depth == 2) {
          fingerprints.add(json.currentName());
        }
      }
    } catch (IOException e) {
      throw new IOException(file + ": is not a baseline: it is not JSON", e);
    }
    if (!found) {
      throw new IOException(file + ": is not a baseline: expected an object with \"results\"");
    }
    return new Baseline(fingerprints);
  }

  /** Whether a result is known. */
  public boolean has(CheckResult result) {
    return fingerprints.contains(result.fingerprint());
  }

  /**
   * Writes results as a baseline.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(List<CheckResult> results, Writer out) throws IOException {
    Map<String, String> known = new LinkedHashMap<>();
    for (CheckResult result : results) {
      known.putIfAbsent(
          result.fingerprint(), result.rule().id() + ": " + CheckReport.sentence(result));
    }
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeObjectFieldStart(RESULTS);
      for (Map.Entry<String, String> entry : known.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
