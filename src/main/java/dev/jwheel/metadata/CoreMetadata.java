// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import dev.jwheel.wheel.Header;
import dev.jwheel.wheel.HeaderBlock;
import dev.jwheel.wheel.ProjectName;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Core metadata as it stands in {@code METADATA} or {@code PKG-INFO}: headers in their order and a
 * body. Whatever the bytes are, reading gives a result; what is wrong is in {@link #findings()}.
 */
public final class CoreMetadata {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private final Fields fields;
  private final HeaderBlock block;
  private final OptionalInt malformed;
  private final boolean hasByteOrderMark;

  private CoreMetadata(Fields fields, HeaderBlock block, OptionalInt malformed, boolean marked) {
    this.fields = fields;
    this.block = block;
    this.malformed = malformed;
    this.hasByteOrderMark = marked;
  }

  /**
   * Reads a file as {@link HeaderBlock} says. Bytes that are not UTF-8 become replacement
   * characters; a byte order mark is not removed, because Python does not remove it either.
   */
  public static CoreMetadata read(byte[] bytes) {
    OptionalInt malformed = malformed(bytes);
    String text = new String(bytes, StandardCharsets.UTF_8);
    boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
    return new CoreMetadata(Fields.read(), HeaderBlock.parse(text), malformed, marked);
  }

  /** The index of the first byte that is not UTF-8. */
  private static OptionalInt malformed(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(1 << 13);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    return result.isError() ? OptionalInt.of(in.position()) : OptionalInt.empty();
  }

  /** The table of fields. */
  public Fields fields() {
    return fields;
  }

  /** All headers in their order, with the values as they are written. */
  public List<Header> headers() {
    return block.headers();
  }

  /** The text after the headers: the description since metadata 2.1. */
  public String body() {
    return block.body();
  }

  /** The values of all headers of a name, in their order; letter case does not matter. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>();
    for (Header header : block.headers()) {
      if (header.isNamed(name)) {
        values.add(header.value());
      }
    }
    return values;
  }

  /** The value of the first header of a name; letter case does not matter. */
  public Optional<String> first(String name) {
    for (Header header : block.headers()) {
      if (header.isNamed(name)) {
        return Optional.of(header.value());
      }
    }
    return Optional.empty();
  }

  /** The metadata version; empty if it is missing or not a known one. */
  public Optional<MetadataVersion> version() {
    return first("Metadata-Version").flatMap(MetadataVersion::of);
  }

  /** The version whose rules the fields follow: the newest where the file does not state one. */
  MetadataVersion rules() {
    boolean stated = all("Metadata-Version").size() == 1;
    return stated ? version().orElse(MetadataVersion.V2_6).effective() : MetadataVersion.V2_6;
  }

  /** The description: the body, or else the header without its folding; empty if neither is. */
  public Optional<String> description() {
    return body().isEmpty()
        ? first(FieldValue.DESCRIPTION).map(FieldValue::unfoldDescription)
        : Optional.of(body());
  }

  /** The extras with valid names, as they are written. */
  public List<String> extras() {
    List<String> extras = new ArrayList<>();
    for (String extra : all("Provides-Extra")) {
      if (ProjectName.isValid(extra)) {
        extras.add(extra);
      }
    }
    return extras;
  }

  /** The requirements of {@code Requires-Dist} that can be read. */
  public List<Requirement> requirements() {
    List<Requirement> requirements = new ArrayList<>();
    for (String value : all("Requires-Dist")) {
      try {
        requirements.add(Requirement.parse(value));
      } catch (MetadataSyntaxException e) {
        // It is in the findings.
      }
    }
    return requirements;
  }

  /** The JSON form of PEP 566, its entries in the order in which the fields first appear. */
  public List<FieldValue> json() {
    return FieldValue.of(this);
  }

  /** The parts that an upload form has of the metadata, in their order. */
  public List<FormPart> form() {
    return FormPart.of(this);
  }

  /** All places where the file breaks a rule of the standards or of the public index. */
  public List<MetadataFinding> findings() {
    FindingList findings = new FindingList();
    StructureRules structure = new StructureRules(this, findings);
    structure.checkText(block, malformed, hasByteOrderMark);
    structure.checkFields();
    ValueRules values = new ValueRules(this, findings);
    values.check();
    new ExtraRules(this, findings).check(values.requirements());
    new LicenseRules(this, findings).check();
    new IndexRules(this, findings).check(values.requirements());
    return findings.toList();
  }

  /**
   * The places where the metadata does not agree with its wheel.
   *
   * @param pythonTags the Python tags of the file name: {@code py3}, {@code cp39}
   * @param isInDistInfo whether the dist-info directory holds a file of a path
   */
  public List<MetadataFinding> findingsIn(List<String> pythonTags, Predicate<String> isInDistInfo) {
    FindingList findings = new FindingList();
    new WheelRules(this, findings).check(pythonTags, isInDistInfo);
    return findings.toList();
  }
}
