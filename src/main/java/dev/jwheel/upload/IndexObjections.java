// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.FindingLevel;
import dev.jwheel.metadata.MetadataFile;
import dev.jwheel.metadata.MetadataFinding;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.wheel.PythonVersion;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Why the public index would refuse a file, found before anything is sent. */
final class IndexObjections {

  /** The defects of wheels that it refuses; others it takes, or cannot see. */
  private static final Set<String> REFUSED =
      Set.of(
          "dist-info-name",
          "metadata-missing",
          "metadata-name",
          "metadata-version",
          "name-version",
          "record-absent",
          "record-missing",
          "record-repeated",
          "record-row",
          "record-unlisted",
          "zip-comment",
          "zip-control-characters",
          "zip-data-descriptor",
          "zip-expansion",
          "zip-extra-field",
          "zip-extra-repeated",
          "zip-method",
          "zip-record-framing");

  private final MetadataFile file;
  private final String fileName;
  private final List<String> found = new ArrayList<>();

  private IndexObjections(MetadataFile file, String fileName) {
    this.file = file;
    this.fileName = fileName;
  }

  static List<String> of(MetadataFile file, String fileName) {
    IndexObjections objections = new IndexObjections(file, fileName);
    for (MetadataFinding finding : file.findings()) {
      if (finding.level() == FindingLevel.ERROR) {
        objections.found.add(finding.toString());
      }
    }
    if (file.wheel().isPresent()) {
      objections.addOfWheel(file.wheel().get());
    } else {
      objections.addOfSdist();
    }
    return objections.found;
  }

  private void addOfWheel(WheelArchive wheel) {
    for (Defect defect : wheel.defects()) {
      if (REFUSED.contains(defect.code())) {
        found.add(defect.code() + ": " + defect);
      }
    }
    for (PlatformTag tag : wheel.fileName().platforms()) {
      if (!isTaken(tag)) {
        found.add(
            "index-platform: no index takes the platform tag " + tag.text() + " but a private one");
      }
    }
  }

  private static boolean isTaken(PlatformTag tag) {
    String text = tag.text();
    return switch (tag.family()) {
      case ANY, MANYLINUX, MUSLLINUX, ANDROID -> true;
      // A Raspberry Pi of the first generation is too old for any manylinux.
      case LINUX -> text.equals("linux_armv6l") || text.equals("linux_armv7l");
      case OTHER ->
          text.startsWith("win")
              || text.startsWith("macosx_")
              || text.startsWith("ios_")
              || text.startsWith("pyemscripten_")
              || text.startsWith("pyodide_");
    };
  }

  private void addOfSdist() {
    String stem = fileName;
    for (String ending : List.of(".tar.gz", ".zip", ".tar.bz2", ".tar")) {
      if (stem.toLowerCase(Locale.ROOT).endsWith(ending)) {
        stem = stem.substring(0, stem.length() - ending.length());
        break;
      }
    }
    CoreMetadata metadata = file.metadata();
    String name = metadata.first("Name").orElse("").strip();
    String version = metadata.first("Version").orElse("").strip();
    int hyphen = stem.lastIndexOf('-');
    String stemName = hyphen < 0 ? "" : stem.substring(0, hyphen);
    String stemVersion = stem.substring(hyphen + 1);
    Optional<PythonVersion> stated = PythonVersion.parse(version);
    boolean sameVersion =
        stemVersion.equals(version)
            || stated.isPresent() && stated.equals(PythonVersion.parse(stemVersion));
    if (!plain(stemName).equals(plain(name)) || !sameVersion) {
      found.add(
          "sdist-name: the file name is not that of "
              + name
              + " "
              + version
              + ", which PKG-INFO names");
    }
  }

  /** As the index compares names of files with names of projects. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
  }
}
