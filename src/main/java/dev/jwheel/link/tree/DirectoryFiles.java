// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.io.ByteSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The files below a directory of the host. */
final class DirectoryFiles implements FileTree {
  private static final boolean DRIVES = File.separatorChar == '\\';

  private final Path root;
  private final boolean host;

  private DirectoryFiles(Path root, boolean host) {
    this.root = root;
    this.host = host;
  }

  /** Every file of the host; on Windows a drive is a name below the root: {@code /C:/Users}. */
  static DirectoryFiles host() {
    return new DirectoryFiles(Path.of("/"), true);
  }

  static DirectoryFiles below(Path root) throws IOException {
    if (!Files.isDirectory(root.toRealPath())) {
      throw new NotDirectoryException(root.toString());
    }
    return new DirectoryFiles(root.toAbsolutePath().normalize(), false);
  }

  boolean isHost() {
    return host;
  }

  Optional<String> treePath(Path file) {
    Path absolute = file.toAbsolutePath();
    if (host) {
      String text = absolute.toString().replace(File.separatorChar, '/');
      return Optional.of(text.startsWith("/") ? text : "/" + text);
    }
    return inside(root, absolute.normalize()).or(() -> inside(real(root), real(absolute)));
  }

  private static Optional<String> inside(Path directory, Path file) {
    return file.startsWith(directory)
        ? Optional.of("/" + directory.relativize(file).toString().replace(File.separatorChar, '/'))
        : Optional.empty();
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file;
    }
  }

  private Path hostPath(String path) {
    if (host && DRIVES && path.length() > 2 && path.charAt(2) == ':') {
      return Path.of(path.length() == 3 ? path.substring(1) + "/" : path.substring(1));
    }
    return root.resolve(path.substring(1));
  }

  @Override
  public Entry entry(String path) {
    try {
      Path file = hostPath(path);
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (attributes.isSymbolicLink()) {
        return new Link(Files.readSymbolicLink(file).toString().replace(File.separatorChar, '/'));
      }
      if (attributes.isDirectory()) {
        return new Directory();
      }
      return attributes.isRegularFile()
          ? new Regular(Objects.requireNonNullElse(attributes.fileKey(), file))
          : new Other("a device or socket");
    } catch (NoSuchFileException | InvalidPathException e) {
      return new Absent();
    } catch (AccessDeniedException e) {
      return new Other("permission denied");
    } catch (FileSystemException e) {
      return new Other(Objects.requireNonNullElse(e.getReason(), "cannot be looked at"));
    } catch (IOException e) {
      return new Other("cannot be looked at: " + e.getMessage());
    }
  }

  @Override
  public List<String> names(String directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(hostPath(directory))) {
      for (Path file : files) {
        names.add(String.valueOf(file.getFileName()));
      }
    }
    return names;
  }

  @Override
  public ByteSource content(String path) throws IOException {
    return ByteSource.of(hostPath(path));
  }
}
