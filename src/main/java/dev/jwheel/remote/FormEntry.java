// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

/** A part of a form (RFC 7578). */
public sealed interface FormEntry {

  /** The name of the form's field. */
  String name();

  /**
   * A field with a text.
   *
   * @param value the text, sent in UTF-8 as it is
   */
  record Text(String name, String value) implements FormEntry {}

  /**
   * A field with a file.
   *
   * @param fileName the file's name, without directory
   * @param content the file's bytes
   */
  record File(String name, String fileName, RequestBody content) implements FormEntry {}
}
