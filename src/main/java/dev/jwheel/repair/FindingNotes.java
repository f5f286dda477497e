// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Findings that are no obstacle, as notes: one for all members of which the same is to be said. */
final class FindingNotes {
  private FindingNotes() {}

  static List<RepairNote> of(List<Finding> findings) {
    Map<String, List<String>> placesByProblem = new LinkedHashMap<>();
    for (Finding finding : findings) {
      placesByProblem
          .computeIfAbsent(finding.message(), problem -> new ArrayList<>())
          .add(finding.file());
    }
    List<RepairNote> notes = new ArrayList<>();
    placesByProblem.forEach((problem, places) -> notes.add(note(places, problem)));
    return notes;
  }

  private static RepairNote note(List<String> places, String problem) {
    String first = places.get(0);
    if (places.size() == 1) {
      return new RepairNote.Plain(first.isEmpty() ? problem : first + " " + problem);
    }
    return new RepairNote.OfFiles("each of these " + problem + ":", places);
  }
}
