// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link.tree;

import dev.jwheel.io.ByteSource;
import dev.jwheel.link.TinyElf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A system made of a few files. */
public final class FakeFiles implements FileTree {
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, byte[]> contents = new TreeMap<>();

  public FakeFiles file(String path, byte[] content) {
    contents.put(path, content);
    return put(path, new Regular(path));
  }

  public FakeFiles file(String path, TinyElf elf) {
    return file(path, elf.bytes());
  }

  public FakeFiles text(String path, String text) {
    return file(path, text.getBytes(StandardCharsets.UTF_8));
  }

  public FakeFiles link(String path, String target) {
    return put(path, new Link(target));
  }

  public FakeFiles hardLink(String path, String target) {
    contents.put(path, contents.get(target));
    return put(path, entries.get(target));
  }

  public FakeFiles directory(String path) {
    return put(path, new Directory());
  }

  private FakeFiles put(String path, Entry entry) {
    for (String parent = path; !parent.equals("/"); ) {
      parent = TreePath.parent(parent);
      entries.putIfAbsent(parent, new Directory());
    }
    entries.put(path, entry);
    return this;
  }

  public SystemTree tree() {
    return new SystemTree(this);
  }

  @Override
  public Entry entry(String path) {
    return entries.getOrDefault(path, new Absent());
  }

  @Override
  public List<String> names(String directory) {
    List<String> names = new ArrayList<>();
    for (String path : entries.keySet()) {
      if (TreePath.parent(path).equals(directory) && !path.equals("/")) {
        names.add(TreePath.baseName(path));
      }
    }
    return names;
  }

  @Override
  public ByteSource content(String path) throws IOException {
    byte[] content = contents.get(path);
    if (content == null) {
      throw new IOException(path);
    }
    return ByteSource.of(content);
  }
}
