package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The headers of one ELF file: what the verifier finds everything else through. */
final class RawElf {
  private final RawFile file;
  private final RawHeader header;
  private final List<RawSegment> segments;
  private final List<RawSegment> loads;
  private final List<RawSection> sections;

  private RawElf(RawFile file) throws VerificationException {
    this.file = file;
    this.header = RawHeader.read(file);
    this.segments = RawSegment.readAll(file, header);
    this.loads = loads(segments);
    this.sections = RawSection.readAll(file, header);
  }

  static RawElf read(RawFile file) throws VerificationException {
    return new RawElf(file);
  }

  private static List<RawSegment> loads(List<RawSegment> segments) {
    List<RawSegment> loads = new ArrayList<>();
    for (RawSegment segment : segments) {
      if (segment.isLoad()) {
        loads.add(segment);
      }
    }
    return List.copyOf(loads);
  }

  RawFile file() {
    return file;
  }

  RawHeader header() {
    return header;
  }

  /** The program headers in table order. */
  List<RawSegment> segments() {
    return segments;
  }

  /** The PT_LOAD entries in table order. */
  List<RawSegment> loads() {
    return loads;
  }

  /** The section headers in table order; empty where there are none that can be read. */
  List<RawSection> sections() {
    return sections;
  }

  /** The first program header of a type. */
  Optional<RawSegment> segment(int type) {
    for (RawSegment segment : segments) {
      if (segment.type() == type) {
        return Optional.of(segment);
      }
    }
    return Optional.empty();
  }

  /** The PT_LOAD whose file part holds a range of addresses. */
  Optional<RawSegment> backing(long address, long size) {
    for (RawSegment load : loads) {
      if (load.backs(address, size)) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  /** The PT_LOAD whose file part holds a range of the file. */
  Optional<RawSegment> mapping(RawRange range) {
    for (RawSegment load : loads) {
      if (range.start() >= load.offset() && range.end() <= load.fileEnd()) {
        return Optional.of(load);
      }
    }
    return Optional.empty();
  }

  /** Where in the file a range of addresses comes from. */
  long offsetOf(String what, long address, long size) throws VerificationException {
    Optional<RawSegment> load = backing(address, size);
    if (load.isEmpty()) {
      RawRange range = RawRange.sized(address, size);
      throw file.broken(Invariant.READABLE, what, "addresses " + range + " are not in the file");
    }
    return address - load.get().address() + load.get().offset();
  }

  /** The name of a section; empty where its name cannot be read. */
  String nameOf(RawSection section) throws VerificationException {
    if (header.sectionNames() >= sections.size()) {
      return "";
    }
    RawSection names = sections.get((int) header.sectionNames());
    boolean inFile = names.size() >= 0 && names.offset() <= file.size() - names.size();
    return inFile && names.isStored() && section.nameOffset() < names.size()
        ? file.string(names.offset() + section.nameOffset(), names.fileEnd())
        : "";
  }

  /** A section in words. */
  String placeOf(RawSection section) throws VerificationException {
    String name = nameOf(section);
    return "section " + section.index() + (name.isEmpty() ? "" : " " + name);
  }
}
