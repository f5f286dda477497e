// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import dev.jwheel.audit.AuditOptions;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.WheelAuditor;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.io.ByteSource;
import dev.jwheel.link.LoaderOptions;
import dev.jwheel.link.SearchDirectory;
import dev.jwheel.link.SearchSource;
import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.repair.write.WheelRepairer;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.WriteProgress;
import dev.jwheel.wheel.zip.ZipWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A wheel and a system made for one test, and the repair of that wheel there. The files are those
 * of {@code testdata/repair}, or of {@code testdata/elf} where their name has a slash.
 */
final class Workshop {
  static final String TARGET = "manylinux_2_17";
  private static final Path FILES = Path.of("testdata", "repair");
  private static final Path ELF = Path.of("testdata", "elf");

  private final Path directory;
  private final String name;
  private final String distInfo;
  private final Map<String, byte[]> members = new LinkedHashMap<>();
  private final List<String> excludes = new ArrayList<>();
  private String wheelFile;
  private UnaryOperator<String> record = text -> text;
  private List<PlatformTag> platforms = List.of(PlatformTag.parse(TARGET));
  private String suffix = ".libs";
  private boolean onlyPlatform;
  private boolean updateTags = true;
  private boolean allowPurelib;
  private boolean clearStack;
  private boolean strip;
  private boolean rebuildRecord;
  private boolean onlyRunPaths;
  private String buildDirectory = "";
  private int threads = 1;
  private String output = "out";

  private OptionalInt time = OptionalInt.empty();
  private Change meanwhile = () -> {};

  private Workshop(Path directory, String name) throws IOException {
    this.directory = directory;
    this.name = name;
    String[] parts = name.split("-");
    this.distInfo = parts[0] + "-" + parts[1] + ".dist-info";
    StringBuilder tags = new StringBuilder();
    for (String python : parts[parts.length - 3].split("\\.")) {
      for (String platformTag : parts[parts.length - 1].split("\\.")) {
        tags.append("Tag: " + python + "-" + parts[parts.length - 2] + "-" + platformTag + "\n");
      }
    }
    this.wheelFile =
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: false\nX-Unknown: kept\n" + tags;
    Files.createDirectories(directory.resolve("system/lib"));
  }

  /** The usual wheel, for x86_64 and CPython 3.11. */
  static Workshop wheel(Path directory) throws IOException {
    return wheel(directory, "demo-1.0-cp311-cp311-linux_x86_64");
  }

  static Workshop wheel(Path directory, String name) throws IOException {
    return new Workshop(directory, name);
  }

  static byte[] file(String name) throws IOException {
    return Files.readAllBytes((name.indexOf('/') < 0 ? FILES : ELF).resolve(name));
  }

  /**
   * The arguments for the repair of a wheel by the program, with the system made in a directory.
   */
  static String[] arguments(Path directory, Path out, Path wheel) {
    return new String[] {
      "repair",
      "--plat",
      TARGET,
      "--ldpaths",
      directory.resolve("system/lib").toString(),
      "-w",
      out.toString(),
      wheel.toString()
    };
  }

  Workshop member(String path, String file) throws IOException {
    return member(path, file(file));
  }

  /** The file with another run path, which may be empty. */
  static byte[] withRunPath(String file, RpathKind kind, String path) throws Exception {
    return edited(file, ElfEdits.builder().rpath(new RpathEdit.SetTo(path, kind)).build());
  }

  /** The file after edits. */
  static byte[] edited(String file, ElfEdits edits) throws Exception {
    ByteSource source = ByteSource.of(file(file));
    ByteSource result = ElfEditor.edit(ElfBytes.of(file, source), edits).view(source);
    byte[] bytes = new byte[(int) result.size()];
    result.slice(0, bytes.length).get(bytes);
    return bytes;
  }

  Workshop member(String path, byte[] content) {
    members.put(path, content);
    return this;
  }

  /** Puts a file into the system, under {@code /lib} where the path names no directory. */
  Workshop library(String path, String file) throws IOException {
    return library(path, file(file));
  }

  Workshop library(String path, byte[] content) throws IOException {
    Path place = place(path);
    Files.createDirectories(place.getParent());
    Files.write(place, content);
    return this;
  }

  Workshop link(String path, String target) throws IOException {
    Files.createSymbolicLink(place(path), Path.of(target));
    return this;
  }

  private Path place(String path) {
    return directory.resolve("system").resolve(path.indexOf('/') < 0 ? "lib/" + path : path);
  }

  Workshop wheelFile(String text) {
    wheelFile = text;
    return this;
  }

  Workshop record(UnaryOperator<String> change) {
    record = change;
    return this;
  }

  Workshop exclude(String pattern) {
    excludes.add(pattern);
    return this;
  }

  Workshop platform(String... tags) {
    platforms = Stream.of(tags).filter(tag -> !tag.equals("auto")).map(PlatformTag::parse).toList();
    return this;
  }

  Workshop suffix(String text) {
    suffix = text;
    return this;
  }

  Workshop onlyPlatform() {
    onlyPlatform = true;
    return this;
  }

  Workshop keepTags() {
    updateTags = false;
    return this;
  }

  Workshop allowPurelib() {
    allowPurelib = true;
    return this;
  }

  Workshop clearStack() {
    clearStack = true;
    return this;
  }

  Workshop strip() {
    strip = true;
    return this;
  }

  Workshop rebuildRecord() {
    rebuildRecord = true;
    return this;
  }

  Workshop onlyRunPaths() {
    onlyRunPaths = true;
    return this;
  }

  /** Names the directory of the system in which the repair is started. */
  Workshop startedIn(String path) {
    buildDirectory = path;
    return this;
  }

  Workshop threads(int number) {
    threads = number;
    return this;
  }

  /** Gives every member of the result a time, as {@code SOURCE_DATE_EPOCH} does. */
  Workshop time(int dosTime) {
    time = OptionalInt.of(dosTime);
    return this;
  }

  /** What another process does between planning and writing. */
  Workshop meanwhile(Change change) {
    meanwhile = change;
    return this;
  }

  /** A change of files. */
  interface Change {
    void make() throws IOException;
  }

  /** A file of the system. */
  Path systemFile(String path) {
    return place(path);
  }

  Workshop output(String name) {
    output = name;
    return this;
  }

  RepairPlan plan() throws IOException, RepairException {
    try (WheelArchive wheel = WheelArchive.open(make())) {
      return plan(wheel);
    }
  }

  RepairPlan rehearse() throws IOException, RepairException {
    try (WheelArchive wheel = WheelArchive.open(make())) {
      AuditReport report = (AuditReport) new WheelAuditor(audit()).audit(wheel);
      return new RepairPlanner(audit(), options()).rehearse(wheel, report);
    }
  }

  private RepairPlan plan(WheelArchive wheel) throws IOException, RepairException {
    AuditReport report = (AuditReport) new WheelAuditor(audit()).audit(wheel);
    return onlyRunPaths
        ? RunPathRepair.plan(wheel, report, rebuildRecord)
        : new RepairPlanner(audit(), options()).plan(wheel, report);
  }

  RepairedWheel repair() throws IOException, RepairException {
    return repair(make());
  }

  /** Repairs some wheel with the options of this one. */
  RepairedWheel repair(Path file) throws IOException, RepairException {
    Path out = Files.createDirectories(directory.resolve(output));
    try (WheelArchive wheel = WheelArchive.open(file)) {
      RepairPlan plan = plan(wheel);
      meanwhile.make();
      Path target = out.resolve(plan.result().toString());
      try (ZipWriter writer = ZipWriter.create(target, 6, threads, WriteProgress.SILENT)) {
        new WheelRepairer(audit(), options(), "1.0").repair(wheel, plan, writer);
      }
      return new RepairedWheel(target, plan);
    }
  }

  /** The reasons for which the repair is refused; nothing may be left in the output directory. */
  List<String> refusal() throws IOException {
    return refused().reasons().stream().map(RefusalReason::sentence).toList();
  }

  RepairException refused() throws IOException {
    try {
      RepairedWheel repaired = repair();
      throw new AssertionError("was repaired: " + repaired.file());
    } catch (RepairException e) {
      try (var left = Files.list(directory.resolve(output))) {
        if (left.findAny().isPresent()) {
          throw new AssertionError("the refused repair left a file behind", e);
        }
      }
      return e;
    }
  }

  private AuditOptions audit() throws IOException {
    SystemTree system = SystemTree.directory(directory.resolve("system"));
    SearchDirectory lib = new SearchDirectory(system, "/lib", SearchSource.LDPATHS, "--ldpaths");
    LoaderOptions loader =
        new LoaderOptions(
            system,
            List.of(),
            Optional.of(List.of(lib)),
            excludes.stream().map(ShellPattern::of).toList(),
            Optional.of(buildDirectory)
                .filter(path -> !path.isEmpty())
                .map(path -> new SearchDirectory(system, path, SearchSource.BUILD, "")),
            1);
    return new AuditOptions(PolicyCatalog.builtIn(), loader, true, platforms);
  }

  private RepairOptions options() {
    return new RepairOptions(
        suffix,
        onlyPlatform,
        updateTags,
        strip,
        clearStack,
        allowPurelib,
        true,
        rebuildRecord,
        time);
  }

  /** Writes the wheel. */
  Path make() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>(members);
    String project = name.substring(0, name.indexOf('-'));
    all.put(
        distInfo + "/METADATA",
        bytes("Metadata-Version: 2.1\nName: " + project + "\nVersion: 1.0\n"));
    all.put(distInfo + "/WHEEL", bytes(wheelFile));
    StringBuilder rows = new StringBuilder();
    all.forEach((path, content) -> rows.append(row(path, content)));
    rows.append(distInfo + "/RECORD,,\n");
    all.put(distInfo + "/RECORD", bytes(record.apply(rows.toString())));
    Path file = Files.createDirectories(directory.resolve("in")).resolve(name + ".whl");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> member : all.entrySet()) {
        ZipEntry entry = new ZipEntry(member.getKey());
        entry.setTimeLocal(LocalDateTime.of(2020, 2, 2, 2, 2, 2));
        zip.putNextEntry(entry);
        zip.write(member.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String row(String path, byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
      String quoted = path.indexOf(',') < 0 ? path : '"' + path + '"';
      return quoted + ",sha256=" + hash + "," + content.length + "\n";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
