package dev.jwheel.repair;

import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
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
import dev.jwheel.policy.PolicyCatalog;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.WheelMetadata;
import dev.jwheel.wheel.zip.ZipMember;
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
   * @throws IOException if the wheel or a library cannot be read
   */
  public RepairPlan plan(WheelArchive wheel, AuditReport report)
      throws RepairException, IOException {
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
    private final Map<String, InstalledPath> internalPaths = new LinkedHashMap<>();
    private final Map<String, String> graftNames = new LinkedHashMap<>();
    private final Map<String, String> digests = new LinkedHashMap<>();

    Planning(WheelArchive wheel, AuditReport report) {
      this.wheel = wheel;
      this.report = report;
      this.choice = new TargetChooser(report, options, catalog).choose();
      this.closure = choice.closure();
      this.libraryDirectory = wheel.fileName().distribution() + options.libraryDirectorySuffix();
    }

    RepairPlan plan() throws RepairException, IOException {
      reasons.addAll(choice.reasons());
      reasons.addAll(closure.conflicts());
      checkMissing();
      checkDrivers();
      checkAndroid();
      refuseIfAny();
      nameGrafts();
      List<Graft> grafts = grafts();
      List<MemberEdit> edits = edits();
      refuseIfAny();
      noteLibpython();
      WheelFileName result = result();
      WheelMetadata metadata = metadata(result);
      return new RepairPlan(
          wheel.fileName(),
          choice.tag().text(),
          result,
          metadata,
          !metadata.equals(wheel.metadata()),
          grafts,
          edits,
          signatures(),
          notes,
          report);
    }

    private void refuseIfAny() throws RepairException {
      if (!reasons.isEmpty()) {
        throw new RepairException(
            wheel.fileName().toString(), choice.tag().text(), List.copyOf(reasons));
      }
    }

    /** A library that is in the wheel and out of reach gets reached, if it is the only such one. */
    private void checkMissing() {
      for (Closure.Entry entry : closure.missing()) {
        List<ElfMember> inside = candidates(entry);
        if (inside.size() == 1 && closure.isMember(entry.file())) {
          ElfMember library = inside.get(0);
          internalPaths.put(entry.file(), InstalledPath.of(library.path()));
          notes.add(entry.file() + " gets a run path to " + library.path() + ", which it needs");
        } else {
          reasons.add(missing(entry, inside));
        }
      }
    }

    private List<ElfMember> candidates(Closure.Entry entry) {
      return report.members().stream()
          .filter(member -> member.role() == ElfMember.Role.LIBRARY)
          .filter(
              member ->
                  member.baseName().equals(entry.needed())
                      || member.elf().soname().equals(Optional.of(entry.needed())))
          .toList();
    }

    private String missing(Closure.Entry entry, List<ElfMember> inside) {
      String found =
          inside.isEmpty()
              ? ""
              : "; the wheel has it more than once: "
                  + String.join(", ", inside.stream().map(ElfMember::path).toList());
      return entry.file() + " needs " + entry.needed() + ", which was found nowhere" + found;
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
      boolean edits = !closure.libraries().isEmpty() || !internalPaths.isEmpty();
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
        String sha256 = GraftName.sha256(library.system().content(library.realPath()));
        digests.put(library.realPath(), sha256);
        graftNames.put(library.realPath(), GraftName.of(baseName(library.realPath()), sha256));
      }
    }

    private static String baseName(String path) {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Two paths of one content and one name become one member. */
    private List<Graft> grafts() throws IOException {
      Map<String, Graft> byName = new TreeMap<>();
      for (Target.Outside library : closure.libraries().values()) {
        String name = graftNames.get(library.realPath());
        ElfEdits edits = graftEdits(library, name);
        ByteSource content = library.system().content(library.realPath());
        Optional<ElfPatch> patch = patch(library.path(), content, edits);
        if (patch.isPresent()) {
          byName.putIfAbsent(
              name,
              new Graft(
                  library,
                  closure.namesOf(library.realPath()),
                  libraryDirectory + "/" + name,
                  digests.get(library.realPath()),
                  edits,
                  patch.get()));
        }
      }
      return List.copyOf(byName.values());
    }

    private ElfEdits graftEdits(Target.Outside library, String name) {
      ElfEdits.Builder edits = common(library.realPath()).soname(name);
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
          .forEach((needed, path) -> edits.replaceNeeded(needed, graftNames.get(path)));
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
      return report.members().stream()
          .anyMatch(
              member -> member.path().equals(file) && member.role() == ElfMember.Role.EXECUTABLE);
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
      boolean needsGrafts = !closure.linksOf(member.path()).isEmpty();
      String movedTo = member.path();
      ElfEdits.Builder edits = common(member.path());
      if (needsGrafts || internalPaths.containsKey(member.path())) {
        InstalledPath.Scheme scheme = InstalledPath.schemeOf(member.path());
        if (scheme == InstalledPath.Scheme.ELSEWHERE) {
          reasons.add(
              member.path()
                  + " needs grafted libraries, but is installed where the way to them is unknown;"
                  + " expected it in platlib");
          return Optional.empty();
        }
        if (scheme == InstalledPath.Scheme.SCRIPTS) {
          movedTo = ScriptShim.programOf(wheel.fileName().distribution(), member.path());
        }
        edits.rpath(new RpathEdit.SetTo(runPath(member, movedTo, needsGrafts), rpathKind()));
      }
      ElfEdits wanted = edits.build();
      if (wanted.isEmpty()) {
        return Optional.empty();
      }
      ZipMember source = wheel.zip().find(member.path()).orElseThrow();
      ByteSource content = ByteSource.of(wheel.zip().read(source));
      String place = movedTo;
      return patch(member.path(), content, wanted)
          .filter(patch -> !patch.isEmpty() || !place.equals(member.path()))
          .map(patch -> new MemberEdit(member.path(), place, wanted, patch));
    }

    private String runPath(ElfMember member, String movedTo, boolean needsGrafts) {
      List<InstalledPath> wanted = new ArrayList<>();
      if (internalPaths.containsKey(member.path())) {
        wanted.add(internalPaths.get(member.path()));
      }
      if (needsGrafts) {
        wanted.add(InstalledPath.of(libraryDirectory + "/library"));
      }
      return RunPaths.of(member.elf(), InstalledPath.of(movedTo), wanted);
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
      return options.updateTags()
          ? wheel.metadata().withTags(result.tags()).withRootIsPurelib(false)
          : wheel.metadata();
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
