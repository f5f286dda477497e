// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.repair.RepairException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /** The results that are being made, by their places; each belongs to a wheel. */
  private final Map<Path, Path> claimed = new HashMap<>();

  /** The wheels that have a place, or need none any more. */
  private final Set<Path> settled = new HashSet<>();

  private final List<Path> made = new ArrayList<>();
  private int writing;

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

  /** Whether wheels can be worked on at the same time: none is removed, and each is there once. */
  boolean isForSeveral() {
    return !inPlace
        && new HashSet<>(wheels.stream().map(RepairOutput::key).toList()).size() == wheels.size();
  }

  /**
   * The place of a wheel's result. Waits until all earlier wheels of the release have theirs, so
   * that the first of two with one result always gets it.
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
  synchronized Place ofCopy(Path wheel, String name) throws IOException {
    Path parent = wheel.toAbsolutePath().getParent();
    Path target = (inPlace && parent != null ? parent : directory).resolve(name);
    awaitTurn(wheel, target);
    Place place = place(wheel, target);
    claimed.put(key(target), wheel);
    settle(wheel);
    return place;
  }

  private void awaitTurn(Path wheel, Path target) throws IOException {
    List<Path> rivals = new ArrayList<>();
    for (Path earlier : wheels.subList(0, Math.max(0, wheels.indexOf(wheel)))) {
      if (release(earlier).equals(release(wheel))) {
        rivals.add(earlier);
      }
    }
    try {
      while (!settled.containsAll(rivals)
          || !claimed.getOrDefault(key(target), wheel).equals(wheel)) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(wheel + ": interrupted");
    }
  }

  /** The name and version of a wheel, which a repair keeps: others never have the same result. */
  private static String release(Path wheel) {
    String name = String.valueOf(wheel.getFileName());
    int version = name.indexOf('-', name.indexOf('-') + 1);
    return name.substring(0, Math.max(0, version));
  }

  private void settle(Path wheel) {
    settled.add(wheel);
    notifyAll();
  }

  /** Takes note that nothing more is done for a wheel. */
  synchronized void ended(Path wheel) {
    claimed.values().removeIf(wheel::equals);
    settle(wheel);
  }

  private Place place(Path wheel, Path target) throws IOException {
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
  void write(Path target, Writing result) throws IOException, RepairException {
    begin(target);
    boolean done = false;
    try {
      result.run();
      done = true;
    } finally {
      end(done);
    }
  }

  private synchronized void begin(Path target) throws IOException {
    made.addAll(0, makeRoomFor(target));
    writing++;
  }

  /** Directories that others still write to stay until the last of them is done. */
  private synchronized void end(boolean done) {
    writing--;
    if (done) {
      made.clear();
    } else if (writing == 0) {
      takeBack(made);
      made.clear();
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
  synchronized void written(Path wheel, Path target) throws IOException {
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
