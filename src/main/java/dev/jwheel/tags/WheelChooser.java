// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.wheel.PythonVersion;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds which wheels a system takes, and which of several pip installs: the newest version, of that
 * the wheel with the best tag, of these the one with the highest build number.
 */
public final class WheelChooser {
  private static final Comparator<Acceptance> PREFERENCE =
      Comparator.<Acceptance, Optional<PythonVersion>>comparing(
              wheel -> PythonVersion.parse(wheel.name().version()),
              Comparator.comparing(
                  version -> version.orElse(null),
                  Comparator.nullsFirst(Comparator.naturalOrder())))
          .thenComparing(Comparator.comparingInt(Acceptance::rank).reversed())
          .thenComparing(WheelChooser::buildNumber)
          .thenComparing(wheel -> wheel.name().build().orElse(""));

  private final SystemTags system;
  private final Map<String, Integer> ranks = new HashMap<>();
  private final Map<String, String> open = new HashMap<>();

  /**
   * @param system a system with a Python
   */
  public WheelChooser(SystemTags system) {
    this.system = system;
    List<Tag> tags = system.tags();
    for (Tag tag : tags) {
      ranks.putIfAbsent(tag.toString(), ranks.size() + 1);
    }
    for (Platforms.UnknownPlatform platform : system.platforms().unknown()) {
      open.put(platform.platform(), platform.reason());
    }
  }

  /**
   * Returns whether the system takes a wheel.
   *
   * @throws WheelFormatException if the text is not the file name of a wheel
   */
  public Acceptance judge(String fileName) throws WheelFormatException {
    WheelFileName name = WheelFileName.parse(fileName);
    Optional<String> best =
        name.tags().stream().filter(ranks::containsKey).min(Comparator.comparing(ranks::get));
    if (best.isPresent()) {
      String[] parts = best.get().split("-", 3);
      return new Acceptance(
          fileName,
          name,
          Optional.of(new Tag(parts[0], parts[1], parts[2])),
          ranks.getOrDefault(best.get(), 0),
          List.of(),
          "");
    }
    return new Acceptance(
        fileName, name, Optional.empty(), 0, new Obstacles(system).of(name), unknown(name));
  }

  /** A wheel that would be taken if an open platform tag were supported. */
  private String unknown(WheelFileName name) {
    List<String> matching = name.platformTags().stream().filter(open::containsKey).toList();
    if (matching.isEmpty() || system.interpreter().isEmpty()) {
      return "";
    }
    boolean taken =
        system.interpreter().get().tags(matching).stream()
            .anyMatch(tag -> name.tags().contains(tag.toString()));
    return taken ? open.getOrDefault(matching.get(0), "") : "";
  }

  /** Returns for each project the wheel that pip installs, if any; in the order of the first. */
  public static List<Acceptance> chosen(List<Acceptance> wheels) {
    Map<String, List<Acceptance>> projects = new LinkedHashMap<>();
    for (Acceptance wheel : wheels) {
      if (wheel.tag().isPresent()) {
        projects
            .computeIfAbsent(wheel.name().normalizedDistribution(), any -> new ArrayList<>())
            .add(wheel);
      }
    }
    List<Acceptance> chosen = new ArrayList<>();
    for (List<Acceptance> project : projects.values()) {
      List<Acceptance> releases = project.stream().filter(wheel -> !isPrerelease(wheel)).toList();
      chosen.add((releases.isEmpty() ? project : releases).stream().max(PREFERENCE).orElseThrow());
    }
    return chosen;
  }

  private static boolean isPrerelease(Acceptance wheel) {
    return PythonVersion.parse(wheel.name().version())
        .map(PythonVersion::isPrerelease)
        .orElse(false);
  }

  /** The digits that a build number begins with; -1 without one. */
  private static BigInteger buildNumber(Acceptance wheel) {
    String build = wheel.name().build().orElse("");
    int end = 0;
    while (end < build.length() && build.charAt(end) >= '0' && build.charAt(end) <= '9') {
      end++;
    }
    return end == 0 ? BigInteger.ONE.negate() : new BigInteger(build.substring(0, end));
  }
}
