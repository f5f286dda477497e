// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.verify;

import java.util.ArrayList;
import java.util.List;

/** A set of places, kept as ranges that are sorted and apart. */
final class RangeSet {
  private final List<Range> ranges;

  private RangeSet(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** The union of ranges in any order. */
  static RangeSet of(List<Range> parts) {
    List<Range> sorted = new ArrayList<>(parts);
    sorted.removeIf(Range::isEmpty);
    sorted.sort((one, other) -> Long.compare(one.start(), other.start()));
    List<Range> merged = new ArrayList<>();
    for (Range range : sorted) {
      Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && range.start() <= last.end()) {
        long end = Math.max(last.end(), range.end());
        merged.set(merged.size() - 1, new Range(last.start(), end));
      } else {
        merged.add(range);
      }
    }
    return new RangeSet(List.copyOf(merged));
  }

  /** The ranges, sorted and apart. */
  List<Range> ranges() {
    return ranges;
  }

  /** The union with another set. */
  RangeSet plus(RangeSet other) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    return of(all);
  }

  /** The places of this set that another lacks. */
  RangeSet minus(RangeSet other) {
    List<Range> left = new ArrayList<>();
    for (Range range : ranges) {
      left.addAll(other.outside(range));
    }
    return new RangeSet(List.copyOf(left));
  }

  /** The places that two sets share. */
  RangeSet shared(RangeSet other) {
    return minus(minus(other));
  }

  /** The parts of a range that are not in this set. */
  List<Range> outside(Range range) {
    List<Range> left = new ArrayList<>();
    long from = range.start();
    for (Range taken : ranges) {
      if (taken.end() <= from) {
        continue;
      }
      if (taken.start() >= range.end()) {
        break;
      }
      if (taken.start() > from) {
        left.add(new Range(from, taken.start()));
      }
      from = taken.end();
    }
    if (from < range.end()) {
      left.add(new Range(from, range.end()));
    }
    return left;
  }

  /** Whether a place is in the set. */
  boolean contains(long place) {
    for (Range range : ranges) {
      if (range.contains(place)) {
        return true;
      }
    }
    return false;
  }
}
