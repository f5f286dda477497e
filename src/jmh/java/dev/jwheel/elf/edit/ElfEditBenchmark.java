// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.edit;

import dev.jwheel.elf.ElfBinary;
import dev.jwheel.elf.ElfReader;
import dev.jwheel.elf.format.ElfBytes;
import dev.jwheel.elf.format.ElfFormatException;
import dev.jwheel.elf.patch.ElfEdits;
import dev.jwheel.elf.patch.ElfPatch;
import dev.jwheel.elf.patch.RpathEdit;
import dev.jwheel.elf.patch.RpathKind;
import dev.jwheel.elf.patch.UnsupportedLayoutException;
import dev.jwheel.io.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The edit of a wheel repair, with its verification, on libraries of the system: a new SONAME, a
 * new name for every NEEDED but the loader's, and a DT_RPATH. The content is in memory, as a repair
 * has it; the patch is not written.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ElfEditBenchmark {
  private static final Path LIBRARIES = Path.of("/usr/lib/x86_64-linux-gnu");

  /** Each is found under this name and the versions behind it. */
  @Param({"libz.so", "libcrypto.so", "libstdc++.so", "libLLVM"})
  public String library;

  private Path file;
  private ElfBytes content;
  private ElfEdits edits;

  /** Finds the library, and names for what it needs. */
  @Setup
  public void prepare() throws IOException, ElfFormatException {
    try (Stream<Path> files = Files.list(LIBRARIES)) {
      file =
          files
              .filter(Files::isRegularFile)
              .filter(path -> path.getFileName().toString().startsWith(library))
              .sorted()
              .findFirst()
              .orElseThrow(() -> new IOException(LIBRARIES + ": no " + library));
    }
    ElfBinary facts = facts();
    ElfEdits.Builder wanted =
        ElfEdits.builder()
            .soname(renamed(facts.soname().orElseThrow()))
            .rpath(new RpathEdit.SetTo("$ORIGIN/../package.libs", RpathKind.RPATH));
    for (String name : facts.needed()) {
      if (!name.startsWith("ld-linux")) {
        wanted.replaceNeeded(name, renamed(name));
      }
    }
    edits = wanted.build();
    content = ElfBytes.of(file.toString(), ByteSource.of(Files.readAllBytes(file)));
  }

  private ElfBinary facts() throws IOException, ElfFormatException {
    return ElfReader.read(ElfBytes.of(file.toString(), ByteSource.of(file)));
  }

  private static String renamed(String name) {
    int dot = name.indexOf('.');
    return name.substring(0, dot) + "-deadbeef" + name.substring(dot);
  }

  /** Edits and verifies. */
  @Benchmark
  public ElfPatch editAndVerify() throws ElfFormatException, UnsupportedLayoutException {
    return ElfEditor.edit(content, edits);
  }

  /** Opens the file and reads its NEEDED libraries, and all else that an audit asks of it. */
  @Benchmark
  public List<String> readNeeded() throws IOException, ElfFormatException {
    return facts().needed();
  }
}
