// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Rules about WHEEL and about the directories that the wheel format knows (PEP 427). */
final class WheelFileRules implements RuleGroup {
  private static final Set<String> SCHEME =
      Set.of("purelib", "platlib", "scripts", "headers", "data");
  private static final Set<String> DIRECTORIES =
      Set.of("licenses", "license_files", "LICENSES", "sboms");
  private static final Set<String> OF_INSTALLATIONS =
      Set.of("INSTALLER", "REQUESTED", "direct_url.json");
  private static final Set<String> SETUP = Set.of("setup.py", "setup.cfg", "pyproject.toml");

  @Override
  public void check(Subject subject, ResultList results) {
    WheelArchive wheel = subject.wheel();
    String path = subject.inDistInfo("WHEEL");
    for (String tag : wheel.tagsOfFileNameAlone()) {
      results.add("wheel-tags", path, tag, "the file name has the tag " + tag + ", WHEEL does not");
    }
    for (String tag : wheel.tagsOfMetadataAlone()) {
      results.add("wheel-tags", path, tag, "WHEEL has the tag " + tag + ", the file name does not");
    }
    String build = wheel.metadata().first("Build").orElse("");
    String named = wheel.fileName().build().orElse("");
    if (!build.equals(named)) {
      results.add(
          "wheel-build",
          path,
          build,
          "WHEEL has " + build(build) + ", the file name has " + build(named));
    }
    checkBinaries(subject, path, results);
    for (ZipMember member : subject.files()) {
      checkPlace(subject, member.name(), results);
    }
  }

  private static String build(String number) {
    return number.isEmpty() ? "no build number" : "the build number " + number;
  }

  /** Files for other systems count by their names: the audit reads only ELF. */
  private static void checkBinaries(Subject subject, String path, ResultList results) {
    List<ZipMember> files = subject.files();
    Optional<String> library =
        files.stream().map(ZipMember::name).filter(WheelFileRules::isLibrary).findFirst();
    if (library.isPresent() && subject.wheel().metadata().rootIsPurelib()) {
      results.add(
          "root-is-purelib",
          path,
          "Root-Is-Purelib",
          "WHEEL says Root-Is-Purelib: true, but there is " + library.get());
    }
    boolean foreign =
        library.isPresent() || files.stream().anyMatch(f -> f.name().endsWith(".exe"));
    boolean any =
        subject.name().platforms().stream().allMatch(tag -> tag.family() == PlatformTag.Family.ANY);
    if (!any && !foreign && !hasElf(subject)) {
      results.add(
          "platform-without-binaries",
          "",
          String.join(".", subject.name().platformTags()),
          "there is no native file, although the name says "
              + String.join(".", subject.name().platformTags()));
    }
  }

  private static boolean hasElf(Subject subject) {
    return subject.report().isPresent()
        || subject.audit() instanceof NotPlatformWheel other && other.hasElf();
  }

  /** Whether a process loads the file; programs in packages are templates of launchers. */
  private static boolean isLibrary(String name) {
    return name.endsWith(".pyd") || name.endsWith(".dll") || name.endsWith(".dylib");
  }

  private static void checkPlace(Subject subject, String name, ResultList results) {
    String distInfo = subject.wheel().distInfo() + "/";
    if (name.startsWith(distInfo)) {
      checkDistInfo(name, name.substring(distInfo.length()), results);
      return;
    }
    int slash = name.indexOf('/');
    String top = slash < 0 ? name : name.substring(0, slash);
    if (slash < 0 && SETUP.contains(name)) {
      results.add("setup-files", name, "", "is installed into site-packages");
    }
    if (slash > 0 && top.endsWith(".data")) {
      List<String> parts = List.of(name.split("/", 3));
      if (!SCHEME.contains(parts.get(1))) {
        results.add(
            "data-scheme", name, parts.get(1), parts.get(1) + " is not a directory of .data");
      }
      if (parts.get(1).equals("scripts")) {
        subject.contents().kept(name).ifPresent(start -> checkScript(name, start, results));
      }
    }
  }

  private static void checkDistInfo(String name, String rest, ResultList results) {
    if (OF_INSTALLATIONS.contains(rest)) {
      results.add("forbidden-dist-info-files", name, rest, "belongs to an installation");
    } else if (rest.equals("RECORD.jws") || rest.equals("RECORD.p7s")) {
      results.add("forbidden-dist-info-files", FindingLevel.WARNING, name, rest, "is deprecated");
    }
    int slash = rest.indexOf('/');
    if (slash > 0 && !DIRECTORIES.contains(rest.substring(0, slash))) {
      results.add(
          "dist-info-directory",
          name,
          rest.substring(0, slash),
          "lies in a directory of dist-info that no standard names");
    }
  }

  private static void checkScript(String name, byte[] start, ResultList results) {
    String text = new String(start, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("#!") || text.startsWith("#!python")) {
      return;
    }
    int end = text.indexOf('\n');
    String line = (end < 0 ? text : text.substring(0, end)).strip();
    if (line.contains("python")) {
      results.add(
          "script-shebang",
          name,
          line,
          "begins with " + line + ", which installers leave as it is");
    }
  }
}
