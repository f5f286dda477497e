// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.tags.Acceptance.Obstacle;
import dev.jwheel.tags.Acceptance.Part;
import dev.jwheel.wheel.WheelFileName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Finds what a system would need for a wheel that it does not take. */
final class Obstacles {
  private static final String ANY = "any";

  private final SystemTags system;
  private final Set<String> pairs = new LinkedHashSet<>();
  private final Set<String> pythons = new LinkedHashSet<>();

  Obstacles(SystemTags system) {
    this.system = system;
    for (Tag tag : system.tags()) {
      pythons.add(tag.python());
      pairs.add(tag.python() + "-" + tag.abi());
    }
  }

  /** Returns the obstacles, those of the Python first; never none. */
  List<Obstacle> of(WheelFileName name) {
    List<Obstacle> obstacles = new ArrayList<>();
    List<String> wheelPythons = lower(name.pythonTags());
    List<String> wheelAbis = lower(name.abiTags());
    List<String> wheelPlatforms = lower(name.platformTags());
    boolean python = wheelPythons.stream().anyMatch(pythons::contains);
    for (String tag : python ? List.<String>of() : wheelPythons) {
      obstacles.add(new Obstacle(Part.PYTHON, tag, python(tag, wheelAbis)));
    }
    boolean pair =
        wheelPythons.stream()
            .anyMatch(tag -> wheelAbis.stream().anyMatch(abi -> pairs.contains(tag + "-" + abi)));
    for (String abi : pair ? List.<String>of() : wheelAbis) {
      if (python || !flags(abi).equals(flags(system.tags().get(0).abi()))) {
        obstacles.add(new Obstacle(Part.ABI, abi, abi(abi)));
      }
    }
    boolean platform =
        wheelPlatforms.stream()
            .anyMatch(tag -> tag.equals(ANY) || system.platforms().supported().contains(tag));
    for (String tag : platform ? List.<String>of() : wheelPlatforms) {
      obstacles.add(new Obstacle(Part.PLATFORM, tag, platform(tag)));
    }
    if (obstacles.isEmpty()) {
      String whole = String.join(".", wheelPythons) + "-" + String.join(".", wheelAbis);
      obstacles.add(
          new Obstacle(
              Part.PLATFORM,
              String.join(".", wheelPlatforms),
              wheelPlatforms.contains(ANY)
                  ? "a platform: no installer takes " + whole + " for any"
                  : "another Python tag: no installer takes " + whole + " for it"));
    }
    return obstacles;
  }

  private static List<String> lower(List<String> tags) {
    return tags.stream().map(tag -> tag.toLowerCase(Locale.ROOT)).toList();
  }

  /** The flags of a CPython ABI, in the spelling of PEP 3149; of others nothing. */
  private static String flags(String abi) {
    int end = 2;
    while (abi.startsWith("cp") && end < abi.length() && isDigit(abi.charAt(end))) {
      end++;
    }
    return abi.startsWith("cp") ? abi.substring(end) : "";
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String python(String tag, List<String> abis) {
    String version = version(tag);
    String implementation = tag.substring(0, tag.length() - version.length());
    String number = version.length() < 2 ? version : version.charAt(0) + "." + version.substring(1);
    String dotted = number.isEmpty() ? "" : " " + number;
    boolean newer = abis.contains("abi3") || abis.contains("abi3t");
    return switch (implementation) {
      case "cp" -> "CPython" + dotted + (newer ? " or newer" : "");
      case "pp" -> "PyPy" + dotted;
      case "py" -> "Python" + dotted + (version.length() > 1 ? " or newer" : "");
      default -> "the Python implementation " + implementation + dotted;
    };
  }

  /** The digits at a tag's end. */
  private static String version(String tag) {
    int start = tag.length();
    while (start > 0 && isDigit(tag.charAt(start - 1))) {
      start--;
    }
    return tag.substring(start);
  }

  private String abi(String tag) {
    if (system.tags().stream().anyMatch(own -> own.abi().equals(tag))) {
      return "the Python tag that goes with it";
    }
    if (tag.equals("abi3")) {
      return "a Python with a global interpreter lock, which loads the stable ABI of PEP 384";
    }
    if (tag.equals("abi3t")) {
      return "a free-threaded Python, which loads the stable ABI of PEP 803";
    }
    if (!tag.startsWith("cp")) {
      return "a Python with the ABI " + tag;
    }
    String flags = flags(tag);
    String version = tag.substring(2, tag.length() - flags.length());
    String number = version.length() < 2 ? version : version.charAt(0) + "." + version.substring(1);
    String build = build(version, flags);
    String own = system.tags().get(0).abi();
    return "CPython "
        + number
        + (build.isEmpty() && own.startsWith("cp" + version) ? ", built without flags" : build);
  }

  private static String build(String version, String flags) {
    List<String> kinds = new ArrayList<>();
    for (int i = 0; i < flags.length(); i++) {
      char flag = flags.charAt(i);
      switch (flag) {
        case 't' -> kinds.add("free-threaded");
        case 'd' -> kinds.add("for debugging");
        case 'm' -> kinds.add("with pymalloc");
        case 'u' -> kinds.add("with wide Unicode");
        default -> kinds.add("with the flag " + flag);
      }
    }
    if (version.startsWith("2") && flags.indexOf('u') < 0) {
      kinds.add("with narrow Unicode");
    }
    return kinds.isEmpty() ? "" : ", built " + String.join(" and ", kinds);
  }

  private String platform(String tag) {
    PlatformTag platform = PlatformTag.parse(tag);
    for (Platforms.UnknownPlatform open : system.platforms().unknown()) {
      if (open.platform().equals(tag)) {
        return "a yes of " + system.module().orElse("_manylinux") + ", which is unknown";
      }
    }
    if (system.platforms().refused().contains(tag)) {
      return system
          .module()
          .map(module -> "a yes of " + module + ", which refuses the tag")
          .orElse("a system that PEP 571 calls compatible");
    }
    return switch (platform.family()) {
      case LINUX -> "Linux on " + platform.architectureName();
      case MANYLINUX, MUSLLINUX, ANDROID -> libc(platform);
      case ANY, OTHER -> other(tag);
    };
  }

  private String libc(PlatformTag platform) {
    Libc libc = platform.libc().orElseThrow();
    int major = platform.major();
    LibcVersion needed = new LibcVersion(libc, major, platform.minor());
    String on = " on " + platform.architectureName();
    Optional<LibcVersion> own = system.libc();
    boolean enough =
        own.isPresent() && own.get().libc() == libc && own.get().isAtLeast(major, platform.minor());
    if (enough && system.platforms().supported().contains("linux_" + platform.architectureName())) {
      return "a tag of a newer version: installers know none so old";
    }
    return needed + " or newer" + on;
  }

  private static String other(String tag) {
    if (tag.startsWith("win")) {
      return "Windows";
    }
    if (tag.startsWith("macosx")) {
      return "macOS";
    }
    if (tag.startsWith("ios_")) {
      return "iOS";
    }
    return tag.startsWith("pyodide_") || tag.startsWith("pyemscripten_")
        ? "Emscripten"
        : "a system with the tag " + tag;
  }
}
