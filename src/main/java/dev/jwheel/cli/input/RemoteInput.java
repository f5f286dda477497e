// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.audit.ScanProgress;
import dev.jwheel.metadata.MetadataFile;
import dev.jwheel.remote.KnownHash;
import dev.jwheel.remote.RangedFile;
import dev.jwheel.remote.RemoteFile;
import dev.jwheel.remote.RemoteLocation;
import dev.jwheel.wheel.WheelArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A file on a server. */
final class RemoteInput implements Input {
  private final RemoteAccess access;
  private final String name;
  private final RemoteLocation location;
  private final Optional<KnownHash> hash;
  private String opened = "";

  /**
   * @param name the file's name, which {@link RemoteName} has let pass
   * @param hash the hash that it has to have, if one is known
   */
  RemoteInput(RemoteAccess access, String name, RemoteLocation location, Optional<KnownHash> hash) {
    this.access = access;
    this.name = name;
    this.location = location;
    this.hash = hash;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public InputFile open(ScanProgress progress) throws IOException {
    RemoteFile file = file();
    CopiedFile copy = copy();
    try {
      file.write(copy.path(), progress::scanned);
      return copy;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private RemoteFile file() throws IOException {
    return new RemoteFile(access.transport(), location, hash);
  }

  private CopiedFile copy() throws IOException {
    CopiedFile copy = CopiedFile.named(name);
    opened = copy.path().toString();
    return copy;
  }

  @Override
  public MetadataFile openMetadata() throws IOException {
    return name.endsWith(".whl") ? wheelMetadata() : wholeMetadata();
  }

  private MetadataFile wholeMetadata() throws IOException {
    try (InputFile file = open((done, total) -> {})) {
      return MetadataFile.open(file.path());
    }
  }

  private MetadataFile wheelMetadata() throws IOException {
    RemoteFile file = file();
    CopiedFile copy = copy();
    try {
      Optional<RangedFile> ranges = file.rangesOr(copy.path(), (done, total) -> {});
      if (ranges.isEmpty()) {
        return MetadataFile.ofWheel(WheelArchive.open(copy.bytes(toString()), name));
      }
      copy.close();
      MetadataFile metadata = MetadataFile.ofWheel(WheelArchive.openPart(ranges.get(), name));
      noteUnchecked(ranges.get());
      return metadata;
    } catch (IOException | RuntimeException e) {
      copy.close();
      throw e;
    }
  }

  private void noteUnchecked(RangedFile ranges) {
    String what =
        hash.map(known -> "its " + known.algorithm() + " is not checked")
            .orElse("no hash is checked");
    access.note(
        this + ": " + ranges.bytesRead() + " of " + ranges.size() + " bytes were read, so " + what);
  }

  @Override
  public Path reportedPath() {
    return Path.of(name);
  }

  @Override
  public String translated(String message) {
    return opened.isEmpty() ? message : message.replace(opened, toString());
  }

  /** The address without credentials. */
  @Override
  public String toString() {
    return location.address().toString();
  }
}
