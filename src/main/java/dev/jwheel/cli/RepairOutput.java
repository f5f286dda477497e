// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.repair.RepairException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the results of one run go. None takes the place of a wheel of the run, but for that of its
 * own wheel where this is wanted, or that of another result.
 */
final class RepairOutput {
  private final Path directory;
  private final boolean inPlace;
  private final boolean replaces;
  private final List<Path> wheels;
  private final Map<Path, Path> written = new HashMap<>();

  /**
   * @param directory where the results go
   * @param inPlace whether each goes beside its wheel instead, which is then removed
   * @param replaces whether a result may also take the place of its wheel in the directory
   * @param wheels the wheels of the run
   */
  RepairOutput(Path directory, boolean inPlace, boolean replaces, List<Path> wheels) {
    this.directory = directory;
    this.inPlace = inPlace;
    this.replaces = replaces;
    this.wheels = List.copyOf(wheels);
  }

  /**
   * The place of a result.
   *
   * @param target the file
   * @param taken what stands there and may not be replaced; empty where nothing does
   */
  record Place(Path target, Optional<String> taken) {

    /** Fails if something may not be replaced. */
    void requireFree() throws IOException {
      if (taken.isPresent()) {
        throw new IOException(taken.get());
      }
    }
  }

  /**
   * The place of a wheel's result.
   *
   * @throws IOException if that is the result of another wheel; the message says of which
   */
  Place of(Path wheel, String name) throws IOException {
    Place place = ofCopy(wheel, name);
    if (place.taken().isEmpty() && !inPlace && !replaces && isSame(wheel, place.target())) {
      String itself = place.target() + " is the wheel itself; --in-place lets it be replaced";
      return new Place(place.target(), Optional.of(itself));
    }
    return place;
  }

  /**
   * The place of a wheel's result, which may be where the wheel is, for it would be the same.
   *
   * @throws IOException as {@link #of}
   */
  Place ofCopy(Path wheel, String name) throws IOException {
    Path parent = wheel.toAbsolutePath().getParent();
    Path target = (inPlace && parent != null ? parent : directory).resolve(name);
    Path source = written.get(key(target));
    if (source != null && !source.equals(wheel) && !isSame(wheel, target)) {
      throw new IOException(target + " has been made of " + source + "; it would be replaced");
    }
    for (Path other : wheels) {
      if (isSame(other, target) && !isSame(wheel, other)) {
        String taken = target + " is one of the wheels too; it would be replaced";
        return new Place(target, Optional.of(taken));
      }
    }
    return new Place(target, Optional.empty());
  }

  /** How a result is written. */
  interface Writing {
    void run() throws IOException, RepairException;
  }

  /** Writes a result. Directories that are made for it do not stay when that fails. */
  static void write(Path target, Writing writing) throws IOException, RepairException {
    List<Path> made = makeRoomFor(target);
    boolean done = false;
    try {
      writing.run();
      done = true;
    } finally {
      if (!done) {
        takeBack(made);
      }
    }
  }

  /** Makes the directory of a result; returns those that were not there, the innermost first. */
  private static List<Path> makeRoomFor(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw new IOException(target + " is a directory, expected nothing or a file there");
    }
    Path parent = target.getParent();
    if (parent == null) {
      return List.of();
    }
    if (Files.exists(parent) && !Files.isDirectory(parent)) {
      throw new NotDirectoryException(parent.toString());
    }
    List<Path> made = new ArrayList<>();
    for (Path missing = parent.toAbsolutePath();
        missing != null && Files.notExists(missing);
        missing = missing.getParent()) {
      made.add(missing);
    }
    Files.createDirectories(parent);
    return made;
  }

  /** A directory that another process has put something into stays, and so do those around it. */
  private static void takeBack(List<Path> made) {
    try {
      for (Path directory : made) {
        Files.delete(directory);
      }
    } catch (IOException e) {
      // What is left is an empty directory, and the failure that counts is told already.
    }
  }

  /** Takes note of a result, and removes the wheel that it replaces. */
  void written(Path wheel, Path target) throws IOException {
    written.put(key(target), wheel);
    if (inPlace && !isSame(wheel, target)) {
      Files.delete(wheel);
    }
  }

  private static Path key(Path target) {
    return target.toAbsolutePath().normalize();
  }

  static boolean isSame(Path file, Path target) throws IOException {
    return Files.exists(file) && Files.exists(target) && Files.isSameFile(file, target);
  }
}
