// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import dev.jwheel.link.TinyElf;
import dev.jwheel.link.tree.SystemTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A system of a few files: a Python, its C library, and what a test adds. */
public final class TinySystem {
  private final Path root;

  TinySystem(Path root) {
    this.root = root;
  }

  /** An x86_64 system with a glibc that states its version as the real one does. */
  public static TinySystem glibc(Path root, String version) throws IOException {
    return new TinySystem(root)
        .program("/bin/sh", TinyElf.program("/lib64/ld-linux-x86-64.so.2").needs("libc.so.6"))
        .library(
            "/lib64/libc.so.6",
            TinyElf.library("libc.so.6"),
            "\0GNU C Library (Test " + version + "-9) stable release version " + version + ".\n\0");
  }

  /** An x86_64 system with musl. */
  public static TinySystem musl(Path root, String version) throws IOException {
    return new TinySystem(root)
        .program("/bin/sh", TinyElf.program("/lib/ld-musl-x86_64.so.1"))
        .library(
            "/lib/ld-musl-x86_64.so.1",
            TinyElf.library("libc.musl-x86_64.so.1"),
            "\0musl libc (x86_64)\nVersion %s\n\0" + version + "\0");
  }

  TinySystem program(String path, TinyElf elf) throws IOException {
    return bytes(path, elf.bytes());
  }

  TinySystem library(String path, TinyElf elf, String text) throws IOException {
    byte[] start = elf.bytes();
    byte[] end = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = new byte[start.length + end.length];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(end, 0, whole, start.length, end.length);
    return bytes(path, whole);
  }

  /** A Python with a standard library, started like the shell of the system. */
  public TinySystem python(String version, String variables) throws IOException {
    String library = "/usr/lib/python" + version;
    Files.createDirectories(root.resolve("usr/bin"));
    Files.copy(root.resolve("bin/sh"), root.resolve("usr/bin/python" + version));
    return text(library + "/os.py", "")
        .text(library + "/_sysconfigdata__linux_x86_64-linux-gnu.py", variables)
        .link("/usr/bin/python3", "python" + version);
  }

  /** What a module says that the Python would import. */
  public TinySystem module(String text) throws IOException {
    return text("/usr/lib/python3.11/site-packages/_manylinux.py", text);
  }

  public TinySystem text(String path, String text) throws IOException {
    return bytes(path, text.getBytes(StandardCharsets.UTF_8));
  }

  TinySystem bytes(String path, byte[] content) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    return this;
  }

  public TinySystem link(String path, String target) throws IOException {
    Path file = root.resolve(path.substring(1));
    Files.createDirectories(file.getParent());
    Files.createSymbolicLink(file, Path.of(target));
    return this;
  }

  SystemTags inspect() throws IOException {
    return inspect(new PythonChoice.Usual(), "", false);
  }

  SystemTags inspect(PythonChoice python, String kernel, boolean pep571) throws IOException {
    return SystemInspector.inspect(
        SystemTree.directory(root),
        TagQuestion.ofSysroot(
            python,
            kernel.isEmpty()
                ? Optional.empty()
                : Optional.of(new TagQuestion.Kernel(kernel, "the test")),
            pep571));
  }

  static List<String> texts(SystemTags tags) {
    return tags.tags().stream().map(Tag::toString).toList();
  }
}
