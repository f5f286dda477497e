// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/**
 * Writes a file as a whole or not at all, wherever {@link OutputFile} can, with the rights of the
 * one that was there or else of the one it comes from.
 */
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
    boolean exists = Files.exists(target);
    try (OutputFile output = OutputFile.edit(target)) {
      try {
        content.writeTo(output.channel());
        copyRights(exists ? target : source, output.path());
      } catch (IOException e) {
        throw output.named(e);
      }
      output.force();
      output.commit();
    }
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
