// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The headers of one ELF file: what the verifier finds everything else through. */
final class Headers {
  private final Bytes file;
  private final ElfHeader header;
  private final List<ElfSegment> segments;
  private final List<ElfSegment> loads;
  private final List<ElfSection> sections;

  private Headers(Bytes file) throws VerificationException {
    this.file = file;
    this.header = ElfHeader.read(file);
    this.segments = ElfSegment.readAll(file, header);
    this.loads = loads(segments);
    this.sections = ElfSection.readAll(file, header);
  }

  static Headers read(Bytes file) throws VerificationException {
    return new Headers(file);
  }

  private static List<ElfSegment> loads(List<ElfSegment> segments) {
    List<ElfSegment> loads = new ArrayList<>();
    for (ElfSegment segment : segments) {
      if (segment.isLoad()) {
        loads.add(segment);
      }
    }
    return List.copyOf(loads);
  }

  Bytes file() {
    return file;
  }

  ElfHeader header() {
    return header;
  }

  /** The program headers in table order. */
  List<ElfSegment> segments() {
    return segments;
  }

  /** The PT_LOAD entries in table order. */
  List<ElfSegment> loads() {
    return loads;
  }

  /** The section headers in table order; empty where there are none that can be read. */
  List<ElfSection> sections() {
    return sections;
  }

  /** The first program header of a type. */
  Optional<ElfSegment> segment(int type) {
    for (ElfSegment segment : segments) {
      if (segment.type() == type) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  /** The PT_LOAD whose file part holds a range of addresses. */
  Optional<ElfSegment> backing(long address, long size) {
    for (ElfSegment load : loads) {
      if (load.backs(address, size)) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  /** The PT_LOAD whose file part holds a range of the file. */
  Optional<ElfSegment> mapping(Range range) {
    for (ElfSegment load : loads) {
      if (range.start() >= load.offset() && range.end() <= load.fileEnd()) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  /** Where in the file a range of addresses comes from. */
  long offsetOf(String what, long address, long size) throws VerificationException {
    Optional<ElfSegment> load = backing(address, size);
    if (load.isEmpty()) {
      Range range = Range.sized(address, size);
      throw file.broken(Invariant.READABLE, what, "addresses " + range + " are not in the file");
    }
    return address - load.get().address() + load.get().offset();
  }

  /** The name of a section; empty where its name cannot be read. */
  String nameOf(ElfSection section) throws VerificationException {
    if (header.sectionNames() >= sections.size()) {
      return "";
    }
    ElfSection names = sections.get((int) header.sectionNames());
    boolean inFile = names.size() >= 0 && names.offset() <= file.size() - names.size();
    return inFile && names.isStored() && section.nameOffset() < names.size()
        ? file.string(names.offset() + section.nameOffset(), names.fileEnd())
        : "";
  }

  /** A section in words. */
  String placeOf(ElfSection section) throws VerificationException {
    String name = nameOf(section);
    return "section " + section.index() + (name.isEmpty() ? "" : " " + name);
  }
}
