package dev.jwheel.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/** Writes a file that appears whole or not at all, with the rights of the one it comes from. */
public final class EditedFile {
  private static final String MODE = "unix:mode";

  /** The bytes of the file. */
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  private EditedFile() {}

  /**
   * Writes a file; a symbolic link is followed.
   *
   * @param source the file that the content was made from
   * @param target the file to write, which may be the same
   */
  public static void write(Path source, Path target, Content content) throws IOException {
    Path real = resolved(target);
    if (Files.isDirectory(real)) {
      throw new FileSystemException(target.toString(), null, "is a directory, expected a file");
    }
    Path directory = real.getParent();
    if (directory == null) {
      throw new IOException(target + ": not a file");
    }
    TemporaryFile.removeStale(directory);
    try (TemporaryFile temporary = TemporaryFile.create(directory)) {
      content.writeTo(temporary.channel());
      copyRights(Files.exists(real) ? real : source, temporary.path());
      temporary.force();
      temporary.moveTo(real);
    }
  }

  /** Where a symbolic link leads to, even if there is nothing yet. */
  private static Path resolved(Path target) throws IOException {
    if (Files.exists(target)) {
      return target.toRealPath();
    }
    Path absolute = target.toAbsolutePath();
    return Files.isSymbolicLink(absolute)
        ? absolute.resolveSibling(Files.readSymbolicLink(absolute))
        : absolute;
  }

  /** The owner first: changing it clears the set-user-ID bits. */
  private static void copyRights(Path from, Path to) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    PosixFileAttributes attributes = Files.readAttributes(from, PosixFileAttributes.class);
    copyOwner(attributes, view);
    if (from.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Files.setAttribute(to, MODE, Files.getAttribute(from, MODE));
    } else {
      view.setPermissions(attributes.permissions());
    }
  }

  private static void copyOwner(PosixFileAttributes from, PosixFileAttributeView to) {
    try {
      PosixFileAttributes own = to.readAttributes();
      if (!own.group().equals(from.group())) {
        to.setGroup(from.group());
      }
      if (!own.owner().equals(from.owner())) {
        to.setOwner(from.owner());
      }
    } catch (IOException e) {
      return; // only a privileged user may give files away
    }
  }
}
