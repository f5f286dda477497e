// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.io.Printable;
import dev.jwheel.remote.KnownHash;
import dev.jwheel.remote.RemoteAddress;
import dev.jwheel.remote.RemoteLocation;
import dev.jwheel.remote.SimpleFile;
import dev.jwheel.remote.SimplePage;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds what the user means: files, addresses of files, and releases on an index. */
public final class InputFinder {
  private static final int FEW = 10;

  private final RemoteAccess access;
  private final InputKind kind;

  /**
   * @param kind which files of a release or a directory are meant
   */
  public InputFinder(RemoteAccess access, InputKind kind) {
    this.access = access;
    this.kind = kind;
  }

  /** Whether a text is an address. */
  public static boolean isAddress(String text) {
    return text.startsWith("https://") || text.startsWith("http://");
  }

  /**
   * Finds the files. One that cannot be found is in the list too, and fails when it is opened.
   *
   * @throws IOException if a directory cannot be read
   */
  public List<Input> find(List<String> texts) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (String text : texts) {
      if (isAddress(text)) {
        inputs.add(ofAddress(text));
        continue;
      }
      Path path = Path.of(text);
      Optional<PinnedRelease> release =
          Files.exists(path) ? Optional.empty() : PinnedRelease.parse(text);
      if (release.isPresent()) {
        inputs.addAll(of(text, release.get()));
      } else {
        inputs.addAll(Distributions.in(List.of(path), kind));
      }
    }
    return inputs;
  }

  private Input ofAddress(String text) {
    RemoteAddress address;
    try {
      address = RemoteAddress.parse(text);
    } catch (IllegalArgumentException e) {
      return new FailedInput("address", new IOException(String.valueOf(e.getMessage())));
    }
    String name = RemoteName.of(address.uri());
    if (name.isEmpty()) {
      return new FailedInput(
          address.toString(),
          new IOException(address + ": expected an address that ends with .whl or .tar.gz"));
    }
    int fragment = text.indexOf('#');
    Map<String, String> hashes =
        fragment < 0 ? Map.of() : KnownHash.ofFragment(text.substring(fragment + 1).strip());
    RemoteLocation location =
        new RemoteLocation(
            address.uri(), RemoteAccess.authorization(address), access.plainAllowed());
    return new RemoteInput(access, name, location, KnownHash.strongest(hashes));
  }

  private List<Input> of(String text, PinnedRelease release) {
    try {
      RemoteAddress index = access.indexAddress();
      SimplePage page = access.index(index).page(release.project());
      List<SimpleFile> files = files(page, release);
      if (files.isEmpty()) {
        throw new IOException(index + " has no such file" + others(page, release));
      }
      List<Input> inputs = new ArrayList<>();
      for (SimpleFile file : files) {
        inputs.add(input(index, page, file));
      }
      return inputs;
    } catch (IOException e) {
      return List.of(new FailedInput(text, new IOException(text + ": " + e.getMessage(), e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(new FailedInput(text, new InterruptedIOException(text + ": interrupted")));
    }
  }

  private List<SimpleFile> files(SimplePage page, PinnedRelease release) {
    List<SimpleFile> files = new ArrayList<>();
    int foreign = 0;
    for (SimpleFile file : page.files()) {
      String name = RemoteName.checked(file.fileName());
      if (name.isEmpty() || !release.has(name)) {
        continue;
      }
      if (kind.includes(name)) {
        files.add(file);
      } else if (name.endsWith(".whl")) {
        foreign++;
      }
    }
    files.sort((a, b) -> a.fileName().compareTo(b.fileName()));
    if (foreign > 0 && !files.isEmpty()) {
      access.note(foreign + " wheels for systems other than Linux are left out");
    }
    return files;
  }

  private static String others(SimplePage page, PinnedRelease release) {
    TreeSet<String> versions = new TreeSet<>();
    for (SimpleFile file : page.files()) {
      release.versionOf(file.fileName()).ifPresent(version -> versions.add(version.canonical()));
    }
    if (versions.isEmpty()) {
      return page.files().isEmpty() ? ": it does not know " + release.project() : "";
    }
    return versions.size() > FEW
        ? ", among " + versions.size() + " other versions"
        : "; it has the versions " + String.join(", ", versions);
  }

  private Input input(RemoteAddress index, SimplePage page, SimpleFile file) {
    if (file.yanked().isPresent()) {
      String reason = file.yanked().get();
      access.note(
          file.fileName() + ": is yanked" + (reason.isEmpty() ? "" : ": " + oneLine(reason)));
    }
    Optional<URI> address = page.addressOf(file);
    if (address.isEmpty()) {
      return new FailedInput(
          file.fileName(),
          new IOException(file.fileName() + ": the index has no address of HTTP for it"));
    }
    RemoteLocation location =
        new RemoteLocation(
            address.get(), RemoteAccess.authorization(index, address.get()), access.plainAllowed());
    return new RemoteInput(access, file.fileName(), location, KnownHash.strongest(file.hashes()));
  }

  private static String oneLine(String text) {
    return Printable.of(text.strip().replace('\n', ' '));
  }
}
