// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.tree.LibraryFile;
import dev.jwheel.link.tree.LibraryTree;
import dev.jwheel.link.tree.ShellPattern;
import dev.jwheel.link.tree.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects loaded so far, and how the next one joins them. All loaders load breadth-first (glibc
 * {@code _dl_map_object_deps}, musl {@code load_deps}, Bionic {@code find_libraries}).
 */
final class LinkMap {
  private final Loader loader;
  private final LoaderOptions options;
  private final Compatibility compatibility;
  private final Set<IgnoredEntry> ignored = new LinkedHashSet<>();
  private final List<LinkMapEntry> entries = new ArrayList<>();
  private final Map<String, LinkMapEntry> byName = new HashMap<>();
  private final IdentityHashMap<LibraryTree, Map<Object, LinkMapEntry>> byFile =
      new IdentityHashMap<>();
  private final IdentityHashMap<LinkMapEntry, SearchPath> searchPaths = new IdentityHashMap<>();

  LinkMap(Loader loader, LoaderOptions options, LibraryTree tree, LibraryFile.Library root) {
    this.loader = loader;
    this.options = options;
    this.compatibility = new Compatibility(root.elf().identity(), loader.libc());
    add(new LinkMapEntry(tree, root, null, 0));
  }

  DependencyTree load() {
    for (int number = 0; number < entries.size(); number++) {
      LinkMapEntry requester = entries.get(number);
      for (String needed : requester.elf().needed()) {
        requester.add(new Dependency(needed, resolve(requester, needed)));
      }
      if (loader.rules().followsFilters()) {
        loadFilters(requester);
      }
    }
    List<LoadedObject> objects = new ArrayList<>(entries.size());
    for (LinkMapEntry entry : entries) {
      objects.add(entry.toObject());
    }
    return new DependencyTree(loader.libc(), objects, List.copyOf(ignored));
  }

  /** A library of DT_FILTER must be there; one of DT_AUXILIARY that is not there is not missed. */
  private void loadFilters(LinkMapEntry requester) {
    for (String name : requester.elf().filters()) {
      requester.add(new Dependency(name, resolve(requester, name)));
    }
    for (String name : requester.elf().auxiliaries()) {
      Resolution resolution = resolve(requester, name);
      if (!(resolution instanceof Resolution.Missing)) {
        requester.add(new Dependency(name, resolution));
      }
    }
  }

  private LinkMapEntry add(LinkMapEntry entry) {
    entries.add(entry);
    byFile
        .computeIfAbsent(entry.tree(), tree -> new HashMap<>())
        .put(entry.file().identity(), entry);
    for (String name : loader.rules().ownNames(entry)) {
      byName.putIfAbsent(name, entry);
    }
    return entry;
  }

  private Resolution resolve(LinkMapEntry requester, String needed) {
    Optional<ShellPattern> excluded =
        options.excludes().isEmpty() ? Optional.empty() : excluding(ElfStrings.toFileName(needed));
    if (excluded.isPresent()) {
      return new Resolution.Excluded(excluded.get(), Optional.empty());
    }
    if (loader.rules().isLoaderItself(needed)) {
      return new Resolution.LoaderItself(loaderPath());
    }
    LinkMapEntry loaded = byName.get(needed);
    if (loaded != null) {
      return new Resolution.AlreadyLoaded(loaded.number());
    }
    String name = ElfStrings.toFileName(needed);
    Search search = new Search(requester);
    return name.indexOf('/') >= 0
        ? search.atPath(needed, name)
        : search.inDirectories(needed, name);
  }

  private SearchPath searchPath(LinkMapEntry requester) {
    SearchPath known = searchPaths.get(requester);
    if (known == null) {
      known = loader.rules().search(requester);
      searchPaths.put(requester, known);
      ignored.addAll(known.ignored());
    }
    return known;
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
    ElfBinary root = entries.get(0).elf();
    return MuslPath.loader(new LoaderNames(root.identity()), root.interpreter())
        .map(options.system()::find)
        .filter(LibraryFile.Library.class::isInstance)
        .map(LibraryFile.Library.class::cast)
        .filter(library -> root.identity().loads(library.elf().identity()))
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
      SearchPath path = searchPath(requester);
      for (SearchDirectory directory : path.searched()) {
        Resolution found = tryFile(directory, name, needed);
        if (found != null) {
          return found;
        }
      }
      noteUnusedVariants(path, name);
      return new Resolution.Missing(path.places(), skipped);
    }

    Resolution atPath(String needed, String name) {
      SearchPath files = loader.runPath().direct(requester, name);
      ignored.addAll(files.ignored());
      for (SearchDirectory file : files.searched()) {
        Resolution found = tryFile(file, "", needed);
        if (found != null) {
          return found;
        }
      }
      Optional<Resolution> built =
          options.buildDirectory().flatMap(directory -> whereBuilt(directory, needed, name));
      return built.orElseGet(() -> new Resolution.Missing(files.places(), skipped));
    }

    private Optional<Resolution> whereBuilt(
        SearchDirectory buildDirectory, String needed, String name) {
      List<SearchDirectory> directories = new ArrayList<>(List.of(buildDirectory));
      directories.addAll(searchPath(requester).searched());
      for (SearchDirectory directory : directories) {
        for (String form : List.of(name, TreePath.baseName(name))) {
          Resolution found = form.isEmpty() ? null : tryFile(directory, form, needed);
          if (found != null) {
            return Optional.of(found);
          }
        }
      }
      return Optional.empty();
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
      Optional<String> objection = compatibility.objection(library.elf());
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
      if (loader.rules().remembersName(needed)) {
        byName.putIfAbsent(needed, entry);
      }
      return new Resolution.Found(entry.number(), directory.place(), skipped);
    }

    private LinkMapEntry loaded(LibraryTree tree, LibraryFile.Library library) {
      LinkMapEntry known = byFile.getOrDefault(tree, Map.of()).get(library.identity());
      return known != null
          ? known
          : add(new LinkMapEntry(tree, library, requester, entries.size()));
    }

    private void skip(SearchDirectory directory, String path, String reason) {
      SkippedCandidate candidate = new SkippedCandidate(directory.tree().describe(path), reason);
      if (!skipped.contains(candidate)) {
        skipped.add(candidate);
      }
    }

    private void noteUnusedVariants(SearchPath path, String name) {
      for (SearchDirectory directory : path.unused()) {
        String variant = TreePath.join(directory.path(), name);
        if (directory.tree().find(variant) instanceof LibraryFile.Library) {
          skip(directory, variant, "only for processors above the baseline");
        }
      }
    }
  }
}
