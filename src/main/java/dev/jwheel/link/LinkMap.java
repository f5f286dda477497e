package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfIdentity;
import dev.jwheel.elf.ElfType;
import dev.jwheel.platform.Architecture;
import dev.jwheel.platform.Libc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects loaded so far, and how the next one joins them. All loaders load breadth-first (glibc
 * {@code _dl_map_object_deps}, musl {@code load_deps}, Bionic {@code find_libraries}).
 */
final class LinkMap {
  private final Libc libc;
  private final LoaderOptions options;
  private final Target target;
  private final Set<IgnoredEntry> ignored = new LinkedHashSet<>();
  private final List<LinkMapEntry> entries = new ArrayList<>();
  private final RunPath runPath;
  private final LoaderRules rules;

  LinkMap(
      Libc libc,
      LoaderOptions options,
      SystemPath system,
      LibraryTree tree,
      LibraryFile.Library root) {
    this.libc = libc;
    this.options = options;
    this.target = new Target(root.elf().identity());
    this.runPath = new RunPath(libc, target, options.system(), ignored);
    this.rules = rules(system);
    ignored.addAll(system.ignored());
    entries.add(new LinkMapEntry(tree, root, null, 0));
  }

  private LoaderRules rules(SystemPath system) {
    return switch (libc) {
      case GLIBC -> new GlibcRules(runPath, options, target, system);
      case MUSL -> new MuslRules(runPath, options, system);
      case BIONIC -> new BionicRules(runPath, options, system);
    };
  }

  DependencyTree load() {
    for (int number = 0; number < entries.size(); number++) {
      LinkMapEntry requester = entries.get(number);
      for (String needed : requester.elf().needed()) {
        requester.add(new Dependency(needed, resolve(requester, needed)));
      }
    }
    List<LoadedObject> objects = new ArrayList<>(entries.size());
    for (LinkMapEntry entry : entries) {
      objects.add(entry.toObject());
    }
    return new DependencyTree(libc, objects, List.copyOf(ignored));
  }

  private Resolution resolve(LinkMapEntry requester, String needed) {
    String name = LibraryName.toFileName(needed);
    Optional<ShellPattern> excluded = excluding(name);
    if (excluded.isPresent()) {
      return new Resolution.Excluded(excluded.get(), Optional.empty());
    }
    if (rules.isLoaderItself(needed)) {
      return new Resolution.LoaderItself(loaderPath());
    }
    for (LinkMapEntry loaded : entries) {
      if (rules.answersTo(loaded, needed)) {
        return new Resolution.AlreadyLoaded(loaded.number());
      }
    }
    Search search = new Search(requester);
    return name.indexOf('/') >= 0
        ? search.atPath(needed, name)
        : search.inDirectories(needed, name);
  }

  private Optional<ShellPattern> excluding(String text) {
    for (ShellPattern pattern : options.excludes()) {
      if (pattern.matches(text)) {
        return Optional.of(pattern);
      }
    }
    return Optional.empty();
  }

  private Optional<String> loaderPath() {
    ElfIdentity identity = target.identity();
    return MuslPath.loader(target, entries.get(0).elf().interpreter())
        .map(options.system()::find)
        .filter(LibraryFile.Library.class::isInstance)
        .map(LibraryFile.Library.class::cast)
        .filter(library -> identity.loads(library.elf().identity()))
        .map(LibraryFile.Library::path);
  }

  /** The search for one name. */
  private final class Search {
    private final LinkMapEntry requester;
    private final List<SkippedCandidate> skipped = new ArrayList<>();

    Search(LinkMapEntry requester) {
      this.requester = requester;
    }

    Resolution inDirectories(String needed, String name) {
      List<SearchDirectory> directories = rules.search(requester);
      for (SearchDirectory directory : directories) {
        for (String subdirectory : rules.subdirectories()) {
          Resolution found = tryFile(directory, subdirectory + name, needed);
          if (found != null) {
            return found;
          }
        }
      }
      noteUnusedVariants(directories, name);
      return new Resolution.Missing(places(directories), skipped);
    }

    Resolution atPath(String needed, String name) {
      List<SearchDirectory> paths = runPath.direct(requester, name);
      for (SearchDirectory path : paths) {
        Resolution found = tryFile(path, "", needed);
        if (found != null) {
          return found;
        }
      }
      return new Resolution.Missing(places(paths), skipped);
    }

    private List<SearchPlace> places(List<SearchDirectory> directories) {
      Map<String, SearchPlace> places = new LinkedHashMap<>();
      for (SearchDirectory directory : directories) {
        SearchPlace place = directory.place();
        places.putIfAbsent(place + ": " + place.directory(), place);
      }
      return List.copyOf(places.values());
    }

    private @Nullable Resolution tryFile(SearchDirectory directory, String name, String needed) {
      String path = name.isEmpty() ? directory.path() : TreePath.join(directory.path(), name);
      LibraryFile file = directory.tree().find(path);
      if (file instanceof LibraryFile.Unusable unusable) {
        skip(directory, path, unusable.reason());
        return null;
      }
      if (!(file instanceof LibraryFile.Library library)) {
        return null;
      }
      Optional<String> objection = objection(library.elf());
      if (objection.isPresent()) {
        skip(directory, path, objection.get());
        return null;
      }
      return take(directory, library, needed);
    }

    private Resolution take(SearchDirectory directory, LibraryFile.Library library, String needed) {
      Optional<ShellPattern> excluded = excluding(library.realPath());
      if (excluded.isPresent()) {
        return new Resolution.Excluded(excluded.get(), Optional.of(library.realPath()));
      }
      LinkMapEntry entry = loaded(directory.tree(), library);
      if (directory.source() != SearchSource.DIRECT || libc == Libc.GLIBC) {
        entry.names().add(needed);
      }
      return new Resolution.Found(entry.number(), directory.place(), skipped);
    }

    private LinkMapEntry loaded(LibraryTree tree, LibraryFile.Library library) {
      for (LinkMapEntry entry : entries) {
        if (entry.isSameFile(tree, library)) {
          return entry;
        }
      }
      LinkMapEntry entry = new LinkMapEntry(tree, library, requester, entries.size());
      entries.add(entry);
      return entry;
    }

    private void skip(SearchDirectory directory, String path, String reason) {
      SkippedCandidate candidate = new SkippedCandidate(directory.tree().describe(path), reason);
      if (!skipped.contains(candidate)) {
        skipped.add(candidate);
      }
    }

    private void noteUnusedVariants(List<SearchDirectory> directories, String name) {
      for (SearchDirectory directory : directories) {
        for (String subdirectory : rules.unusedSubdirectories()) {
          String path = TreePath.join(directory.path(), subdirectory + name);
          if (directory.tree().find(path) instanceof LibraryFile.Library) {
            skip(directory, path, "only for processors above the baseline");
          }
        }
      }
    }
  }

  /** Why a loader of this machine does not take a file as a library. */
  private Optional<String> objection(ElfBinary elf) {
    ElfIdentity wanted = target.identity();
    if (!wanted.loads(elf.identity())) {
      return Optional.of(difference(elf.identity(), wanted));
    }
    if (elf.type() != ElfType.SHARED) {
      return Optional.of(
          switch (elf.type()) {
            case RELOCATABLE -> "an object file, not a shared library";
            case EXECUTABLE -> "a program at fixed addresses, not a shared library";
            default -> "not a shared library";
          });
    }
    if (!elf.dynamic()) {
      return Optional.of("without a dynamic section");
    }
    return LibcDetection.detect(elf)
        .filter(other -> other != libc)
        .map(other -> "built for " + other.displayName() + ", not " + libc.displayName());
  }

  private static String difference(ElfIdentity own, ElfIdentity wanted) {
    String machine = machine(own);
    return machine.equals(machine(wanted))
        ? "for another ABI: " + abi(own) + ", not " + abi(wanted)
        : "for " + machine + ", not " + machine(wanted);
  }

  private static String machine(ElfIdentity identity) {
    return identity
        .architecture()
        .map(Architecture::tagName)
        .orElse("machine " + identity.machine());
  }

  private static String abi(ElfIdentity identity) {
    return identity.elfClass()
        + " "
        + identity.order().toString().toLowerCase(Locale.ROOT).replace('_', ' ')
        + ", OS ABI "
        + identity.osAbi()
        + ", flags 0x"
        + Integer.toHexString(identity.flags());
  }
}
