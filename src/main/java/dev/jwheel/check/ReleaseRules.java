// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.wheel.PythonVersion;
import dev.jwheel.wheel.WheelFileName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about all files of a release that are checked together (PEP 643, PEP 425). */
public final class ReleaseRules {
  private static final int SHOWN = 3;

  private final Selection selection;

  /**
   * @param selection which rules count
   */
  public ReleaseRules(Selection selection) {
    this.selection = selection;
  }

  /** The files that could be read, by project and version. */
  public static Map<String, List<ReleaseFile>> by(List<CheckedFile> files) {
    Map<String, List<ReleaseFile>> releases = new LinkedHashMap<>();
    for (CheckedFile file : files) {
      if (file.release().isPresent()) {
        ReleaseFile one = file.release().get();
        releases.computeIfAbsent(key(one), name -> new ArrayList<>()).add(one);
      }
    }
    return releases;
  }

  /** The results for each project and version, the gravest first. */
  public Map<String, List<CheckResult>> check(List<CheckedFile> files) {
    Map<String, List<CheckResult>> results = new LinkedHashMap<>();
    by(files).forEach((name, release) -> results.put(name, check(name, release)));
    return results;
  }

  private static String key(ReleaseFile file) {
    String version =
        PythonVersion.parse(file.version()).map(PythonVersion::canonical).orElse(file.version());
    return file.project() + " " + version;
  }

  private List<CheckResult> check(String name, List<ReleaseFile> release) {
    ResultList results = new ResultList(selection.catalog(), name.replace(' ', '-'));
    if (release.size() > 1) {
      checkConsistent(release, results);
      checkDuplicates(release, results);
      checkSdist(release, results);
      checkCoverage(release, results);
    }
    List<CheckResult> counting = new ArrayList<>();
    for (CheckResult result : results.toList()) {
      selection.judge(result).ifPresent(counting::add);
    }
    counting.sort((a, b) -> a.level().compareTo(b.level()));
    return counting;
  }

  /** A field that a source distribution calls dynamic is compared among the others only. */
  private static void checkConsistent(List<ReleaseFile> release, ResultList results) {
    Map<String, ReleaseFile> first = new LinkedHashMap<>();
    for (ReleaseFile file : release) {
      file.fields()
          .forEach(
              (field, values) -> {
                ReleaseFile other = first.putIfAbsent(field, file);
                List<String> others =
                    other == null ? values : other.fields().getOrDefault(field, List.of());
                if (other != null && !values.equals(others)) {
                  results.add(
                      "release-consistent",
                      file.file(),
                      field,
                      field + " differs from that of " + other.file() + difference(values, others));
                }
              });
    }
  }

  private static String difference(List<String> values, List<String> others) {
    Set<String> more = new TreeSet<>(values);
    others.forEach(more::remove);
    Set<String> less = new TreeSet<>(others);
    values.forEach(less::remove);
    return (more.isEmpty() ? "" : ", it has " + some(more))
        + (less.isEmpty() ? "" : ", it lacks " + some(less));
  }

  private static String some(Set<String> names) {
    List<String> all = List.copyOf(new ArrayList<>(names));
    int shown = Math.min(SHOWN, all.size());
    String text = String.join(", ", all.subList(0, shown));
    return all.size() > shown ? text + " and " + (all.size() - shown) + " more" : text;
  }

  private static void checkDuplicates(List<ReleaseFile> release, ResultList results) {
    Map<String, String> owners = new LinkedHashMap<>();
    for (ReleaseFile file : release) {
      if (file.wheel().isPresent()) {
        WheelFileName name = file.wheel().get();
        for (String tag : name.tags()) {
          String key = tag + " " + name.build().orElse("");
          String other = owners.putIfAbsent(key, file.file());
          if (other != null && !other.equals(file.file())) {
            results.add(
                "release-duplicate", file.file(), tag, "has the tag " + tag + ", as has " + other);
            break;
          }
        }
      }
    }
  }

  private static void checkSdist(List<ReleaseFile> release, ResultList results) {
    if (release.stream().allMatch(file -> file.wheel().isPresent())) {
      results.add("release-sdist", "", "", "there is no source distribution among the files");
    }
  }

  private static void checkCoverage(List<ReleaseFile> release, ResultList results) {
    Map<String, Map<String, String>> matrix = matrix(release);
    Set<String> interpreters = new TreeSet<>();
    matrix.values().forEach(row -> interpreters.addAll(row.keySet()));
    matrix.forEach(
        (platform, row) -> {
          Set<String> missing = new TreeSet<>(interpreters);
          missing.removeAll(row.keySet());
          boolean covered = row.keySet().stream().anyMatch(ReleaseRules::isForMany);
          if (!missing.isEmpty() && !covered && !platform.equals("any")) {
            results.add(
                "release-coverage",
                "",
                platform,
                platform + " has no wheel for " + some(missing) + ", other platforms have");
          }
        });
  }

  /** Whether an interpreter stands for later ones too. */
  private static boolean isForMany(String interpreter) {
    return interpreter.endsWith("-abi3") || interpreter.startsWith("py");
  }

  /**
   * The wheels of a release: by platform, with the policies of one C library and architecture
   * together, the files by Python and ABI tag.
   */
  public static Map<String, Map<String, String>> matrix(List<ReleaseFile> release) {
    Map<String, Map<String, String>> matrix = new TreeMap<>();
    for (ReleaseFile file : release) {
      Optional<WheelFileName> wheel = file.wheel();
      if (wheel.isPresent()) {
        String interpreter =
            String.join(".", wheel.get().pythonTags())
                + "-"
                + String.join(".", wheel.get().abiTags());
        for (String tag : wheel.get().platformTags()) {
          matrix
              .computeIfAbsent(platform(tag), key -> new TreeMap<>())
              .put(interpreter, file.file());
        }
      }
    }
    return matrix;
  }

  /** {@code manylinux x86_64} of {@code manylinux_2_17_x86_64}. */
  private static String platform(String tag) {
    for (String family : new String[] {"manylinux", "musllinux", "macosx", "android", "ios"}) {
      if (tag.startsWith(family)) {
        int end = family.length();
        while (end < tag.length()
            && (Character.isDigit(tag.charAt(end)) || tag.charAt(end) == '_')) {
          end++;
        }
        return family + " " + tag.substring(end);
      }
    }
    return tag;
  }
}
