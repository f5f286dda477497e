package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.Target;
import dev.jwheel.elf.ByteSource;
import dev.jwheel.elf.ElfBytes;
import dev.jwheel.elf.ElfFormatException;
import dev.jwheel.elf.edit.ElfEditor;
import dev.jwheel.elf.edit.ElfEdits;
import dev.jwheel.elf.edit.ElfPatch;
import dev.jwheel.elf.edit.RpathEdit;
import dev.jwheel.elf.edit.RpathKind;
import dev.jwheel.elf.edit.StackEdit;
import dev.jwheel.elf.edit.UnsupportedLayoutException;
import dev.jwheel.platform.Libc;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.WheelMetadata;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Plans the repair of a wheel; every reason against it is found before any is told. */
public final class RepairPlanner {
  private static final int FIRST_ANDROID_WITH_RUNPATH = 24;

  private final RepairOptions options;
  private final PolicyCatalog catalog;

  public RepairPlanner(RepairOptions options, PolicyCatalog catalog) {
    this.options = options;
    this.catalog = catalog;
  }

  /**
   * Plans a repair.
   *
   * @param wheel the wheel
   * @param report its audit
   * @throws RepairException if the wheel cannot be repaired as asked
   * @throws IOException if the wheel or a library cannot be read; a {@link WheelFormatException} if
   *     no platform was asked for and the wheel does not tell its C library
   */
  public RepairPlan plan(WheelArchive wheel, AuditReport report)
      throws RepairException, IOException {
    if (options.platform().isEmpty() && report.has(FindingCode.UNKNOWN_LIBC)) {
      throw new WheelFormatException(
          wheel.fileName().toString(),
          "",
          "nothing in it tells which C library it is for; --plat manylinux_... or musllinux_..."
              + " settles it");
    }
    return new Planning(wheel, report).plan();
  }

  /** The planning of one wheel. */
  private final class Planning {
    private final WheelArchive wheel;
    private final AuditReport report;
    private final TargetChooser.Choice choice;
    private final Closure closure;
    private final String libraryDirectory;
    private final Set<String> reasons = new TreeSet<>();
    private final List<String> notes = new ArrayList<>();
    private final InternalLibraries internal;
    private final GraftNames names;
    private final RecordedContent recorded;

    Planning(WheelArchive wheel, AuditReport report) {
      this.wheel = wheel;
      this.report = report;
      this.choice = new TargetChooser(report, options, catalog).choose();
      this.closure = choice.closure();
      this.libraryDirectory = wheel.fileName().distribution() + options.libraryDirectorySuffix();
      this.internal = new InternalLibraries(report, closure);
      this.names = new GraftNames(libraryDirectory);
      this.recorded = new RecordedContent(wheel);
    }

    RepairPlan plan() throws RepairException, IOException {
      reasons.addAll(choice.reasons());
      reasons.addAll(closure.conflicts());
      reasons.addAll(internal.reasons());
      notes.addAll(internal.notes());
      checkRecord();
      checkAbiTags();
      checkLibraryDirectory();
      checkDrivers();
      checkAndroid();
      refuseIfAny();
      nameGrafts();
      refuseIfAny();
      List<Graft> grafts = grafts();
      List<MemberEdit> edits = edits();
      WheelFileName result = result();
      WheelMetadata metadata = metadata(result);
      boolean metadataChanged = !metadata.equals(wheel.metadata());
      if (metadataChanged) {
        read(wheel.distInfo() + "/WHEEL");
      }
      refuseIfAny();
      noteLibpython();
      notes.addAll(SecondCopies.of(report, closure).warnings());
      return new RepairPlan(
          wheel.fileName(),
          choice.tag().text(),
          result,
          metadata,
          metadataChanged,
          grafts,
          edits,
          signatures(),
          notes,
          report,
          proof(result));
    }

    private void checkRecord() {
      if (wheel.record().isEmpty()) {
        reasons.add(wheel.distInfo() + "/RECORD is missing, expected in every wheel");
      }
    }

    private void checkAbiTags() {
      if (choice.requested().isPresent()) {
        reasons.addAll(AbiTags.objections(wheel.fileName(), report));
      }
    }

    /** The directory stands in run paths, in which some characters have a meaning. */
    private void checkLibraryDirectory() {
      boolean escapes =
          List.of(libraryDirectory.split("/", -1)).stream()
              .anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."));
      if (escapes || !isPlain(libraryDirectory)) {
        reasons.add(
            "the library directory would be called "
                + libraryDirectory
                + "; expected a name inside the wheel without colon, dollar sign, backslash or"
                + " control characters");
      }
    }

    private static boolean isPlain(String path) {
      return path.chars().noneMatch(c -> c < ' ' || c == ':' || c == '$' || c == '\\');
    }

    private void refuseIfAny() throws RepairException {
      if (!reasons.isEmpty()) {
        throw new RepairException(
            wheel.fileName().toString(), choice.tag().text(), List.copyOf(reasons));
      }
    }

    private void checkDrivers() {
      for (Closure.Entry entry : closure.links().keySet()) {
        if (DriverLibraries.contains(entry.needed())) {
          reasons.add(
              entry.file()
                  + " needs "
                  + entry.needed()
                  + ", which must be the one of the system's driver; --exclude "
                  + entry.needed()
                  + " leaves it out");
        }
      }
    }

    private void checkAndroid() {
      boolean edits = !closure.libraries().isEmpty() || !internal.isEmpty();
      if (report.libc() == Libc.BIONIC
          && edits
          && choice.tag().major() < FIRST_ANDROID_WITH_RUNPATH) {
        reasons.add(
            "Android before API level "
                + FIRST_ANDROID_WITH_RUNPATH
                + " knows no DT_RUNPATH, so that grafted libraries would not be found");
      }
    }

    private void nameGrafts() throws IOException {
      for (Target.Outside library : closure.libraries().values()) {
        names.add(library, wheel, report);
      }
      reasons.addAll(names.reasons());
    }

    /** Two paths of one content and one name become one member. */
    private List<Graft> grafts() throws IOException {
      Map<String, Graft> byName = new TreeMap<>();
      for (Target.Outside library : closure.libraries().values()) {
        if (!names.isPresent(library.realPath())) {
          Optional<Graft> graft = graft(library);
          if (graft.isPresent()) {
            Graft first = byName.putIfAbsent(graft.get().fileName(), graft.get());
            if (first != null && !first.edits().equals(graft.get().edits())) {
              reasons.add(
                  library.realPath()
                      + " has the content of "
                      + first.source().realPath()
                      + ", but other libraries would be loaded with it");
            }
          }
        }
      }
      return List.copyOf(byName.values());
    }

    private Optional<Graft> graft(Target.Outside library) throws IOException {
      String path = library.realPath();
      String name = names.of(path);
      ElfEdits edits = graftEdits(library, name);
      return patch(library.path(), library.system().content(path), edits)
          .map(
              patch ->
                  new Graft(
                      library,
                      closure.namesOf(path),
                      libraryDirectory + "/" + name,
                      names.digest(path),
                      edits,
                      patch));
    }

    private ElfEdits graftEdits(Target.Outside library, String name) {
      ElfEdits.Builder edits = common(library.realPath()).soname(ElfText.of(name));
      boolean needsGrafts = !closure.linksOf(library.realPath()).isEmpty();
      edits.rpath(
          needsGrafts ? new RpathEdit.SetTo("$ORIGIN", rpathKind()) : new RpathEdit.Remove());
      return edits.build();
    }

    /** The edits that a file needs wherever it is. */
    private ElfEdits.Builder common(String file) {
      ElfEdits.Builder edits = ElfEdits.builder();
      closure
          .linksOf(file)
          .forEach((needed, path) -> edits.replaceNeeded(needed, ElfText.of(names.of(path))));
      for (Closure.Entry entry : closure.libpython()) {
        if (entry.file().equals(file) && !isProgram(file)) {
          edits.removeNeeded(entry.needed());
        }
      }
      if (options.clearExecutableStack()) {
        edits.stack(StackEdit.CLEAR);
      }
      if (options.strip()) {
        edits.strip();
      }
      return edits;
    }

    private boolean isProgram(String file) {
      return Obstacles.isProgram(report, file);
    }

    private RpathKind rpathKind() {
      return report.libc() == Libc.BIONIC ? RpathKind.RUNPATH : RpathKind.RPATH;
    }

    private List<MemberEdit> edits() throws IOException {
      List<MemberEdit> edits = new ArrayList<>();
      for (ElfMember member : report.members()) {
        if (member.role() != ElfMember.Role.STATIC) {
          edit(member).ifPresent(edits::add);
        }
      }
      return edits;
    }

    private Optional<MemberEdit> edit(ElfMember member) throws IOException {
      List<InstalledPath> directories = new ArrayList<>(internal.of(member.path()));
      if (!closure.linksOf(member.path()).isEmpty()) {
        directories.add(InstalledPath.of(libraryDirectory + "/library"));
      }
      ElfEdits.Builder edits = common(member.path());
      String place = member.path();
      if (!directories.isEmpty()) {
        place = place(member);
        edits.rpath(new RpathEdit.SetTo(runPath(member, place, directories), rpathKind()));
      }
      ElfEdits wanted = edits.build();
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      String movedTo = place;
      return patch(member.path(), read(member.path()), wanted)
          .filter(patch -> !patch.isEmpty() || !movedTo.equals(member.path()))
          .map(patch -> new MemberEdit(member.path(), movedTo, wanted, patch));
    }

    /** Where a file goes that has to reach a directory of site-packages. */
    private String place(ElfMember member) {
      String path = member.path();
      InstalledPath.Scheme scheme = InstalledPath.schemeOf(path);
      if (scheme == InstalledPath.Scheme.SITE_PACKAGES) {
        return path;
      }
      String moved = ScriptShim.programOf(wheel.fileName().distribution(), path);
      if (scheme == InstalledPath.Scheme.ELSEWHERE || !isProgram(path)) {
        reasons.add(
            path
                + " needs libraries of the wheel, but is installed where the way to them is unknown;"
                + " expected it in platlib");
      } else if (wheel.zip().find(moved).isPresent()) {
        reasons.add(path + " would have to move to " + moved + ", which is in the wheel");
      }
      return moved;
    }

    private String runPath(ElfMember member, String place, List<InstalledPath> directories) {
      for (InstalledPath directory : directories) {
        if (!directory.directories().stream().allMatch(Planning::isPlain)) {
          reasons.add(
              member.path()
                  + " needs a run path to "
                  + String.join("/", directory.directories())
                  + ", which holds a character with a meaning in run paths");
        }
      }
      return RunPaths.of(member.elf(), InstalledPath.of(place), directories);
    }

    /** Reads a member that will change, and holds it against RECORD. */
    private ByteSource read(String member) throws IOException {
      byte[] content = wheel.zip().read(wheel.zip().find(member).orElseThrow());
      recorded
          .objection(member, content.length, GraftName.recordDigest(ByteSource.of(content)))
          .ifPresent(reasons::add);
      return ByteSource.of(content);
    }

    private Optional<ElfPatch> patch(String name, ByteSource content, ElfEdits edits) {
      try {
        return Optional.of(ElfEditor.edit(ElfBytes.of(name, content), edits));
      } catch (ElfFormatException | UnsupportedLayoutException e) {
        reasons.add(e.getMessage());
        return Optional.empty();
      }
    }

    private void noteLibpython() {
      for (Closure.Entry entry : closure.libpython()) {
        notes.add(
            isProgram(entry.file())
                ? entry.file() + " keeps its need of " + entry.needed() + ", being a program"
                : entry.file() + " no longer needs " + entry.needed());
      }
    }

    private WheelFileName result() {
      return options.updateTags()
          ? wheel
              .fileName()
              .withPlatformTags(new Tags(report, catalog).of(wheel.fileName(), choice))
          : wheel.fileName();
    }

    private WheelMetadata metadata(WheelFileName result) {
      if (!options.updateTags()) {
        return wheel.metadata();
      }
      WheelMetadata tagged = wheel.metadata().withTags(result.tags());
      boolean stated = tagged.first("Root-Is-Purelib").isPresent();
      return stated && !tagged.rootIsPurelib() ? tagged : tagged.withRootIsPurelib(false);
    }

    /** Every tag the wheel will carry has to hold, those it had before too. */
    private Proof proof(WheelFileName result) {
      Map<String, Policy> policies = new LinkedHashMap<>();
      choice.requested().ifPresent(policy -> policies.put(policy.name(), policy));
      if (options.updateTags()) {
        for (PlatformTag tag : result.platforms()) {
          catalog.find(tag).ifPresent(policy -> policies.put(policy.name(), policy));
        }
      }
      return new Proof(List.copyOf(policies.values()), choice.grafting(), options.allowPurelib());
    }

    private List<String> signatures() {
      List<String> signatures = new ArrayList<>();
      for (String name : List.of("RECORD.jws", "RECORD.p7s")) {
        String path = wheel.distInfo() + "/" + name;
        if (wheel.zip().find(path).isPresent()) {
          signatures.add(path);
        }
      }
      return signatures;
    }
  }
}
