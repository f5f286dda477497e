package dev.jwheel.check;

import dev.jwheel.audit.ElfMember;
import dev.jwheel.wheel.RecordFile;
import dev.jwheel.wheel.RecordRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules about the names by which the loader knows the libraries of a wheel. */
final class SonameRules implements RuleGroup {

  /** Libraries that most systems have, and processes with other wheels load. */
  private static final Set<String> COMMON =
      Set.of(
          "libssl",
          "libcrypto",
          "libz",
          "libcurl",
          "libxml2",
          "libxslt",
          "libffi",
          "libsqlite3",
          "libpng16",
          "libjpeg",
          "libtiff",
          "libfreetype",
          "libbz2",
          "liblzma",
          "libzstd",
          "libexpat",
          "libstdc++",
          "libgomp",
          "libgfortran",
          "libprotobuf",
          "libuv");

  @Override
  public void check(Subject subject, ResultList results) {
    Map<String, String> hashes = new HashMap<>();
    for (RecordRow row : subject.wheel().record().map(RecordFile::rows).orElse(List.of())) {
      row.hash().ifPresent(hash -> hashes.put(row.path(), hash));
    }
    Map<String, List<String>> bySoname = new LinkedHashMap<>();
    Map<String, List<String>> byContent = new LinkedHashMap<>();
    for (ElfMember member : subject.elfFiles()) {
      String soname = member.elf().soname().orElse("");
      if (member.role() != ElfMember.Role.LIBRARY) {
        continue;
      }
      String hash = hashes.getOrDefault(member.path(), member.path());
      byContent.computeIfAbsent(hash, key -> new ArrayList<>()).add(member.path());
      if (!soname.isEmpty()) {
        bySoname.computeIfAbsent(soname, key -> new ArrayList<>()).add(member.path());
        checkCommon(member, soname, results);
      }
    }
    for (List<String> paths : byContent.values()) {
      if (paths.size() > 1) {
        String others = String.join(", ", paths.subList(1, Math.min(4, paths.size())));
        results.add("duplicate-library", paths.get(0), others, "is the same library as " + others);
      }
    }
    bySoname.forEach((soname, paths) -> checkSame(soname, paths, hashes, results));
  }

  private static void checkCommon(ElfMember member, String soname, ResultList results) {
    int end = soname.indexOf(".so");
    boolean grafted = member.path().contains(".libs/");
    if (end > 0 && COMMON.contains(soname.substring(0, end)) && !grafted) {
      results.add(
          "unhashed-soname",
          member.path(),
          soname,
          "has the SONAME " + soname + " of a common library");
    }
  }

  private static void checkSame(
      String soname, List<String> paths, Map<String, String> hashes, ResultList results) {
    long contents = paths.stream().map(path -> hashes.getOrDefault(path, path)).distinct().count();
    if (contents > 1) {
      String others = String.join(", ", paths.subList(1, Math.min(4, paths.size())));
      results.add(
          "same-soname", paths.get(0), soname, "has the SONAME " + soname + ", as has " + others);
    }
  }
}
