// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import dev.jwheel.wheel.zip.Defect;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes defects, and keeps the first of each kind: a file can have one in each of its millions of
 * lines. The others are counted.
 */
final class DefectLog extends AbstractList<Defect> {
  private static final int MAX_OF_A_KIND = 1000;

  private final List<Defect> kept = new ArrayList<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  @Override
  public boolean add(Defect defect) {
    if (counts.merge(defect.code(), 1, Integer::sum) > MAX_OF_A_KIND) {
      return false;
    }
    return kept.add(defect);
  }

  @Override
  public Defect get(int index) {
    return kept.get(index);
  }

  @Override
  public int size() {
    return kept.size();
  }

  /** The defects that were kept, and for each kind how many were not. */
  List<Defect> all() {
    List<Defect> all = new ArrayList<>(kept);
    counts.forEach(
        (code, count) -> {
          if (count > MAX_OF_A_KIND) {
            all.add(new Defect(code, "", count - MAX_OF_A_KIND + " more of these: " + code));
          }
        });
    return all;
  }
}
