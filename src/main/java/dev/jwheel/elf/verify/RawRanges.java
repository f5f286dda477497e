package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A set of places, kept as ranges that are sorted and apart. */
final class RawRanges {
  private final List<RawRange> ranges;

  private RawRanges(List<RawRange> ranges) {
    this.ranges = ranges;
  }

  /** The union of ranges in any order. */
  static RawRanges of(List<RawRange> parts) {
    List<RawRange> sorted = new ArrayList<>(parts);
    sorted.removeIf(RawRange::isEmpty);
    sorted.sort(Comparator.comparingLong(RawRange::start));
    List<RawRange> merged = new ArrayList<>();
    for (RawRange range : sorted) {
      RawRange last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && range.start() <= last.end()) {
        long end = Math.max(last.end(), range.end());
        merged.set(merged.size() - 1, new RawRange(last.start(), end));
      } else {
        merged.add(range);
      }
    }
    return new RawRanges(List.copyOf(merged));
  }

  /** The ranges, sorted and apart. */
  List<RawRange> ranges() {
    return ranges;
  }

  /** The union with another set. */
  RawRanges plus(RawRanges other) {
    List<RawRange> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return of(all);
  }

  /** The places of this set that another lacks. */
  RawRanges minus(RawRanges other) {
    List<RawRange> left = new ArrayList<>();
    for (RawRange range : ranges) {
      left.addAll(other.outside(range));
    }
    return new RawRanges(List.copyOf(left));
  }

  /** The places that two sets share. */
  RawRanges shared(RawRanges other) {
    return minus(minus(other));
  }

  /** The parts of a range that are not in this set. */
  List<RawRange> outside(RawRange range) {
    List<RawRange> left = new ArrayList<>();
    long from = range.start();
    for (RawRange taken : ranges) {
      if (taken.end() <= from) {
        continue;
      }
      if (taken.start() >= range.end()) {
        break;
      }
      if (taken.start() > from) {
        left.add(new RawRange(from, taken.start()));
      }
      from = taken.end();
    }
    if (from < range.end()) {
      left.add(new RawRange(from, range.end()));
    }
    return left;
  }

  /** Whether a place is in the set. */
  boolean contains(long place) {
    for (RawRange range : ranges) {
      if (range.contains(place)) {
        return true;
      }
    }
    return false;
  }
}
