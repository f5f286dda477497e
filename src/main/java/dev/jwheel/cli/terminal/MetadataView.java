// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.FieldValue;
import dev.jwheel.metadata.MetadataFinding;
import dev.jwheel.wheel.EntryPoints;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.WheelMetadata;
import java.util.List;
import java.util.Optional;

/** The results of {@code metadata}. */
public sealed interface MetadataView {

  /**
   * The core metadata of a file.
   *
   * @param file the file's name
   */
  record OfFields(String file, CoreMetadata metadata) implements MetadataView {}

  /**
   * One field.
   *
   * @param value its values; empty if the file lacks it
   */
  record OfField(Optional<FieldValue> value) implements MetadataView {}

  /**
   * The file {@code WHEEL} of a wheel.
   *
   * @param file the wheel's file name
   */
  record OfWheel(String file, WheelMetadata wheel) implements MetadataView {}

  /**
   * Everything that a file says of itself.
   *
   * @param wheel the files that only a wheel has
   */
  record OfAll(CoreMetadata metadata, Optional<WheelFiles> wheel) implements MetadataView {}

  /** The files of a wheel beside its metadata. */
  record WheelFiles(
      WheelFileName name, WheelMetadata wheel, Optional<RecordFile> record, EntryPoints points) {}

  /**
   * The findings about a file.
   *
   * @param file the file's name
   */
  record OfFindings(String file, List<MetadataFinding> findings) implements MetadataView {
    public OfFindings {
      findings = List.copyOf(findings);
    }
  }
}
