// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The files of an archive, indexed in one pass.
 *
 * <p>What is likely to be asked for, shared libraries, loader configuration, package databases and
 * Pythons, stays in memory as far as a quarter of the heap allows; any other file costs another
 * pass when it is asked for.
 */
final class ArchiveFiles implements FileTree {
  private static final int SMALL = 1 << 16;
  private static final long LARGEST = 1L << 30;
  private static final List<String> KEPT =
      List.of(
          "/etc/ld.so.conf",
          "/etc/ld-musl-",
          "/etc/os-release",
          "/usr/lib/os-release",
          "/var/lib/dpkg/status",
          "/lib/apk/db/installed",
          "/usr/lib/apk/db/installed");

  private final Path file;
  private final SortedMap<String, Entry> entries = new TreeMap<>();
  private final Map<String, ByteSource> kept = new ConcurrentHashMap<>();
  private long room;

  private ArchiveFiles(Path file, long room) {
    this.file = file;
    this.room = room;
    entries.put("/", new Directory());
  }

  /**
   * Reads an archive's index.
   *
   * @throws IOException naming the file, if it cannot be read or is not such an archive
   */
  static ArchiveFiles index(Path file) throws IOException {
    return index(file, Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * @param room how many bytes of content to keep in memory
   */
  static ArchiveFiles index(Path file, long room) throws IOException {
    ArchiveFiles files = new ArchiveFiles(file, room);
    new ArchiveReader(file).read(files::add);
    if (files.entries.containsKey("/manifest.json") && !files.entries.containsKey("/usr")) {
      throw new IOException(
          file + ": the layers of an image, as docker save writes them; expected docker export");
    }
    return files;
  }

  private void add(TarArchiveEntry member, InputStream content) throws IOException {
    String path = TreePath.normalized(member.getName());
    if (path.equals("/")) {
      return;
    }
    for (String parent = TreePath.parent(path);
        entries.putIfAbsent(parent, new Directory()) == null; ) {
      parent = TreePath.parent(parent);
    }
    kept.remove(path);
    entries.put(path, entry(path, member));
    if (isFile(member) && isWanted(path) && size(member) <= room) {
      keep(path, content.readAllBytes());
    }
  }

  private Entry entry(String path, TarArchiveEntry member) {
    if (member.isDirectory()) {
      return new Directory();
    }
    if (member.isSymbolicLink()) {
      return new Link(member.getLinkName());
    }
    if (member.isLink()) {
      Entry target = entries.get(TreePath.normalized(member.getLinkName()));
      return target == null ? new Other("a hard link to nothing") : target;
    }
    return isFile(member) ? new Regular(path) : new Other("a device or pipe");
  }

  private static boolean isFile(TarArchiveEntry member) {
    return member.isFile() && !member.isLink() && !member.isSymbolicLink() && !isSpecial(member);
  }

  private static long size(TarArchiveEntry member) {
    return member.isSparse() ? member.getRealSize() : member.getSize();
  }

  private static boolean isSpecial(TarArchiveEntry member) {
    return member.isFIFO() || member.isCharacterDevice() || member.isBlockDevice();
  }

  /**
   * Libraries by name, the loader's configuration, what names the packages of libraries, and what
   * says which Python there is.
   */
  private static boolean isWanted(String path) {
    String name = TreePath.baseName(path);
    return name.contains(".so")
        || name.startsWith("_sysconfigdata")
        || name.startsWith("_manylinux")
        || path.contains("/bin/python")
        || KEPT.stream().anyMatch(path::startsWith)
        || path.startsWith("/var/lib/dpkg/info/") && path.endsWith(".list");
  }

  /** Names alone deceive: a large file that is called a library must be ELF to be kept. */
  private void keep(String path, byte[] content) {
    boolean library = TreePath.baseName(path).contains(".so");
    if (!library || content.length <= SMALL || ElfBytes.isElf(ByteBuffer.wrap(content))) {
      kept.put(path, ByteSource.of(content));
      room -= content.length;
    }
  }

  @Override
  public Entry entry(String path) {
    return entries.getOrDefault(path, new Absent());
  }

  @Override
  public List<String> names(String directory) {
    String prefix = directory.equals("/") ? "/" : directory + "/";
    List<String> names = new ArrayList<>();
    for (String path : entries.tailMap(prefix).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      if (path.length() > prefix.length() && path.indexOf('/', prefix.length()) < 0) {
        names.add(path.substring(prefix.length()));
      }
    }
    return names;
  }

  @Override
  public ByteSource content(String path) throws IOException {
    if (!(entry(path) instanceof Regular regular)) {
      throw new IOException(file + ": no file " + path);
    }
    String member = (String) regular.identity();
    ByteSource known = kept.get(member);
    return known != null ? known : extract(member);
  }

  private ByteSource extract(String path) throws IOException {
    List<ByteSource> found = new ArrayList<>(1);
    new ArchiveReader(file)
        .read(
            (member, content) -> {
              if (isFile(member) && TreePath.normalized(member.getName()).equals(path)) {
                if (size(member) > LARGEST) {
                  throw new IOException(file + ": " + path + ": too large to read from an archive");
                }
                found.clear();
                found.add(ByteSource.of(content.readAllBytes()));
              }
            });
    if (found.isEmpty()) {
      throw new IOException(file + ": changed while it was read: no member " + path);
    }
    return found.get(0);
  }
}
