// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** For each rule the sound wheel with one fault. */
final class BrokenWheels {
  private static final String LINUX = "cp311-cp311-manylinux_2_17_x86_64";
  private static final String MODULE = "pack/normal.cpython-311-x86_64-linux-gnu.so";

  /** Rules about several files, which {@link ReleaseRulesTest} is about. */
  static final Set<String> TESTED_ELSEWHERE =
      Set.of("release-consistent", "release-coverage", "release-duplicate", "release-sdist");

  private final List<BrokenWheel> all = new ArrayList<>();

  private BrokenWheels() {}

  static List<BrokenWheel> all() {
    BrokenWheels wheels = new BrokenWheels();
    wheels.names();
    wheels.archives();
    wheels.wheelFiles();
    wheels.metadata();
    wheels.layout();
    wheels.nativeFiles();
    wheels.stableAbi();
    wheels.loading();
    wheels.cxx();
    wheels.sizes();
    wheels.expectations();
    wheels.all.addAll(BrokenArchives.all());
    return wheels.all;
  }

  private void add(String rule, TestWheel wheel) {
    all.add(new BrokenWheel(rule, wheel));
  }

  private void names() {
    add("filename", TestWheel.pure().named("pack-1.0-py3-none-a~y.whl"));
    add("filename-name", TestWheel.pure().named("Pack-1.0-py3-none-any.whl"));
    add("filename-version", TestWheel.pure("1.0-alpha1".replace('-', '.')));
    add("tag-order", TestWheel.tagged("py3.py2-none-any"));
    add("tag-repeated", TestWheel.tagged("py3.py3-none-any"));
    add("tag-explosion", TestWheel.tagged("a.b.c-d.e.f.g.h-" + manyPlatforms()));
    add("index-platform", TestWheel.tagged("py3-none-manylinux3_x86_64"));
    add("index-local-version", TestWheel.pure("1.0+abc"));
    add("index-metadata-version", TestWheel.pure().change("METADATA", "2.4", "2.6"));
    add("index-classifier", TestWheel.pure().metadata("Classifier: Private :: x\n"));
    add("index-url", TestWheel.pure().metadata("Home-page: here\n"));
    add("index-direct-url", TestWheel.pure().metadata("Requires-Dist: a @ https://x.org/a.whl\n"));
    add("index-summary", TestWheel.pure().metadata("Summary: " + "x".repeat(600) + "\n"));
    add("index-email", TestWheel.pure().metadata("Author-email: nobody\n"));
    add(
        "index-entry-points",
        TestWheel.pure().distInfo("entry_points.txt", "[console_scripts]\na/b = pack:main\n"));
  }

  /** 70 tags, so that the name stays short enough for file systems. */
  private static String manyPlatforms() {
    StringBuilder platforms = new StringBuilder();
    for (int i = 0; i < 70; i++) {
      platforms
          .append(i == 0 ? "" : ".")
          .append((char) ('a' + i / 26))
          .append((char) ('a' + i % 26));
    }
    return platforms.toString();
  }

  private void archives() {
    add("zip-control-characters", TestWheel.pure().text("pack/a\tb.py", ""));
    add("zip-name-case", TestWheel.pure().text("pack/Data.txt", "").text("pack/data.txt", ""));
    add("dist-info-last", TestWheel.pure().text("pack_last.py", ""));
  }

  private void wheelFiles() {
    add("wheel-file", TestWheel.pure().change("WHEEL", "Wheel-Version: 1.0\n", ""));
    add("wheel-tags", TestWheel.pure().change("WHEEL", "py3-none-any", "py2-none-any"));
    add("wheel-build", TestWheel.pure().change("WHEEL", "Tag:", "Build: 7\nTag:"));
    add("root-is-purelib", TestWheel.pure().text("pack/a.pyd", ""));
    add("platform-without-binaries", TestWheel.tagged("py3-none-win_amd64"));
    add("forbidden-dist-info-files", TestWheel.pure().distInfo("INSTALLER", "pip\n"));
    add("dist-info-directory", TestWheel.pure().distInfo("other/file", "x"));
    add("data-scheme", TestWheel.pure().text("pack-1.0.data/other/file", "x"));
    add(
        "script-shebang",
        TestWheel.pure().text("pack-1.0.data/scripts/run", "#!/opt/bin/python3.9\n"));
    add("setup-files", TestWheel.pure().text("setup.py", ""));
    add("record-format", TestWheel.pure().record("pack/__init__.py,sha256=x,32\n"));
    add("record-complete", TestWheel.pure().record("pack/absent.py,sha256=x,0\n"));
    add("record-hash", TestWheel.pure().record("pack-1.0.dist-info/WHEEL,md5=x,\n"));
  }

  private void metadata() {
    add("metadata-version", TestWheel.pure().change("METADATA", "2.4", "2.0"));
    add("metadata-field-version", TestWheel.pure().change("METADATA", "2.4", "2.1"));
    add("metadata-unknown-field", TestWheel.pure().metadata("Sumary: x\n"));
    add("metadata-repeated", TestWheel.pure().metadata("Summary: x\nSummary: y\n"));
    add("metadata-description-twice", TestWheel.pure().metadata("Description: x\n"));
    add(
        "metadata-encoding",
        TestWheel.pure()
            .bytes(
                "pack-1.0.dist-info/METADATA",
                "Metadata-Version: 2.1\nName: pack\nVersion: 1.0\nSummary: \u00e9\n"
                    .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    add("metadata-value", TestWheel.pure().metadata("Requires-Dist: a b c\n"));
    add("requires-python-tag", TestWheel.pure().change("METADATA", ">=3.8", "<3"));
    add("requires-dist-parentheses", TestWheel.pure().metadata("Requires-Dist: a (>=1)\n"));
    String type = "Description-Content-Type: text/plain\n";
    add("readme-missing", TestWheel.pure().change("METADATA", "A package of one module.", ""));
    add("readme-type", TestWheel.pure().change("METADATA", type, ""));
    add(
        "import-name",
        TestWheel.pure()
            .change("METADATA", "2.4", "2.5")
            .metadata("Import-Name: pack\nImport-Namespace: pack\n"));
    add(
        "extra-collision",
        TestWheel.pure()
            .change("METADATA", "2.4", "2.1")
            .metadata("Provides-Extra: dev_test\nProvides-Extra: dev.test\n"));
    add("extra-name", TestWheel.pure().metadata("Provides-Extra: dev_test\n"));
    add(
        "extra-not-normalised",
        TestWheel.pure().change("METADATA", "2.4", "2.1").metadata("Provides-Extra: dev_test\n"));
    add("extra-undeclared", TestWheel.pure().metadata("Requires-Dist: a; extra == 'x'\n"));
    add("license-expression", TestWheel.pure().change("METADATA", ": MIT", ": NoSuch"));
    add("license-both", TestWheel.pure().metadata("License: MIT\n"));
    add("license-file", TestWheel.pure().change("METADATA", "File: LICENSE", "File: OTHER"));
    add("license-missing", TestWheel.pure().change("METADATA", "License-File: LICENSE\n", ""));
  }

  private void layout() {
    add("bytecode", TestWheel.pure().text("pack/a.pyc", ""));
    String long1 = "x = 'a text that is long enough to be no coding comment'\n";
    add("duplicate-files", TestWheel.pure().text("pack/a.py", long1).text("pack/b.py", long1));
    add("non-module-at-root", TestWheel.pure().text("README.txt", "x"));
    add("not-importable-path", TestWheel.pure().text("pack/a-b.py", ""));
    add("common-toplevel-name", TestWheel.pure().text("tests/__init__.py", ""));
    add("init-at-root", TestWheel.pure().text("__init__.py", ""));
    add("library-empty", TestWheel.pure().without("pack/__init__.py"));
    add("wheel-empty", TestWheel.pure().without("pack/__init__.py"));
    add("several-toplevels", TestWheel.pure().text("other/__init__.py", ""));
    add("directory-without-modules", TestWheel.pure().text("other/data.txt", ""));
    add("pth-file", TestWheel.pure().text("pack.pth", "import pack\n"));
  }

  private void nativeFiles() {
    add("false-tag", TestWheel.tagged("cp311-cp311-manylinux_2_5_x86_64").elf(MODULE, "relr.so"));
    add(
        "better-tag",
        TestWheel.tagged("cp311-cp311-manylinux_2_39_x86_64")
            .elf(MODULE, "normal.so")
            .elf("normal.libs/libdep.so.1", "libdep.so.1"));
    add("linux-tag", TestWheel.tagged("cp311-cp311-linux_x86_64").elf(MODULE, "plain.so"));
    add("missing-library", TestWheel.tagged(LINUX).elf(MODULE, "normal.so"));
    add("libpython", of("libpython_module"));
    add(
        "undefined-version",
        TestWheel.tagged(LINUX)
            .elf(MODULE, "normal.so")
            .elf("normal.libs/libdep.so.1", "vendor.so"));
    add("stored-large", TestWheel.pure().text("pack/a.py", "x = 1\n".repeat(1 << 18)));
    add("damaged-elf", of("damaged"));
    add(
        "foreign-file",
        TestWheel.tagged(LINUX).elf("pack/a.so", "plain.so").elf(MODULE, "normal.so", "aarch64"));
    add("executable-stack", TestWheel.tagged(LINUX).elf("pack/a.so", "execstack.so"));
    add(
        "module-suffix",
        TestWheel.tagged("cp39-abi3-manylinux_2_17_x86_64").elf(MODULE, "plain.so"));
    add("module-init", TestWheel.tagged(LINUX).elf("pack/libdep.abi3.so", "libdep.so.1"));
  }

  private void stableAbi() {
    add("abi3-symbol", abi3("cp39-abi3").made("pack/abi3_private.abi3.so", "abi3_private.so"));
    add("abi3-version", abi3("cp36.cp39-abi3").made("pack/abi3_new.abi3.so", "abi3_new.so"));
    add("abi3-floor", abi3("cp310-abi3").made("pack/abi3_new.abi3.so", "abi3_new.so"));
    add("abi3-vectorcall", abi3("cp39-abi3").made("pack/abi3_debug.abi3.so", "abi3_debug.so"));
    add("abi3-possible", abi3("cp311-cp311").made("pack/abi3_old.cpython-311.so", "abi3_old.so"));
    add("abi3t-tag", abi3("cp315-abi3t").made("pack/abi3t.abi3t.so", "abi3t.so"));
  }

  private static TestWheel abi3(String tags) {
    return TestWheel.tagged(tags + "-manylinux_2_17_x86_64");
  }

  private void loading() {
    add("text-relocations", TestWheel.tagged(LINUX).made("pack/a.so", "textrel.so"));
    add("rwx-segment", TestWheel.tagged(LINUX).made("pack/a.so", "rwx.so"));
    add("no-relro", TestWheel.tagged(LINUX).made("pack/a.so", "norelro.so"));
    add("static-tls", TestWheel.tagged(LINUX).made("pack/a.so", "tls.so"));
    add(
        "page-size",
        TestWheel.tagged("cp311-cp311-manylinux_2_17_aarch64")
            .elf("pack/a.so", "page-4k.so", "aarch64"));
    add("rpath-relative", TestWheel.tagged(LINUX).made("pack/a.so", "rpath_relative.so"));
    add("rpath-absolute", TestWheel.tagged(LINUX).made("pack/a.so", "rpath_absolute.so"));
    add("rpath-outside", TestWheel.tagged(LINUX).made("pack/a.so", "rpath_outside.so"));
    add(
        "same-soname",
        TestWheel.tagged(LINUX)
            .made("pack.libs/a/libz.so.1", "z.so")
            .made("pack.libs/b/libz.so.1", "z-other.so"));
    add(
        "duplicate-library",
        TestWheel.tagged(LINUX)
            .made("pack.libs/libz.so", "z.so")
            .made("pack.libs/libz.so.1", "z.so"));
    add("vsyscall", TestWheel.tagged(LINUX).made("pack/program", "vsyscall"));
    add("build-path", TestWheel.tagged(LINUX).made("pack/a.so", "build_path.so"));
    add("ctypes-literal", TestWheel.pure().text("pack/a.py", "ctypes.CDLL('libabsent.so.3')\n"));
    add(
        "module-suffix",
        TestWheel.tagged(LINUX).elf("pack/a.cpython-311-aarch64-linux-gnu.so", "plain.so"));
    add(
        "module-suffix",
        TestWheel.tagged("cp311-cp311-musllinux_1_2_x86_64").elf(MODULE, "normal.so"));
    add("unhashed-soname", TestWheel.tagged(LINUX).made("pack/libz.so.1", "z.so"));
  }

  private void cxx() {
    add("cxx-runtime-exported", TestWheel.tagged(LINUX).made("pack/a.so", "runtime.so"));
    add("cxx-runtime-shipped", TestWheel.tagged(LINUX).elf("pack/libstdc++.so.6", "plain.so"));
    add("cxx-unique-exported", TestWheel.tagged(LINUX).made("pack/a.so", "unique.so"));
    add("cxx-weak-leak", TestWheel.tagged(LINUX).made("pack/leak.so", "leak.so"));
    add("cxx-dual-abi", TestWheel.tagged(LINUX).made("pack/a.so", "strings.so"));
    add(
        "compiler-mix",
        TestWheel.tagged(LINUX).made("pack/a.so", "gcc.so").made("pack/b.so", "clang.so"));
    add("allocator-shipped", TestWheel.tagged(LINUX).made("pack/a.so", "allocator.so"));
    add("openmp-copy", TestWheel.tagged(LINUX).made("pack.libs/libgomp.so.1", "gomp.so"));
    add("openmp-runtimes", TestWheel.tagged(LINUX).made("pack/openmp.so", "openmp.so"));
  }

  private void sizes() {
    add("debug-info", TestWheel.tagged(LINUX).elf("pack/a.so", "debug.so"));
    add("symbol-table", TestWheel.tagged(LINUX).elf("pack/a.so", "debug.so"));
    add("tests-shipped", TestWheel.pure().text("pack/tests/test_a.py", "x = 1\n".repeat(1000)));
    add("sources-shipped", TestWheel.pure().text("pack/a.c", "int x;\n".repeat(1000)));
    add("sbom-format", TestWheel.pure().distInfo("sboms/a.json", "{\"a\": 1}"));
    add("sbom-missing", TestWheel.tagged(LINUX).made("pack.libs/libz.so.1", "z.so"));
  }

  /** What only options let a wheel break. */
  private void expectations() {
    CheckOptions any = Checks.options(Checks.all(), ExpectedLayout.ANY);
    CheckOptions small = new CheckOptions(any.audit(), any.selection(), any.layout(), 100, false);
    all.add(new BrokenWheel("index-file-size", TestWheel.pure(), small));
    ExpectedLayout toplevel = new ExpectedLayout(List.of("other"), Set.of());
    CheckOptions expecting = Checks.options(Checks.all(), toplevel);
    all.add(new BrokenWheel("toplevel-expected", TestWheel.pure(), expecting));
    ExpectedLayout tree = new ExpectedLayout(List.of(), Set.of("pack/__init__.py", "pack/b.py"));
    CheckOptions complete = Checks.options(Checks.all(), tree);
    all.add(new BrokenWheel("package-tree", TestWheel.pure(), complete));
  }

  /** A wheel of {@code testdata/wheels} with its members as they are. */
  private static TestWheel of(String fixture) {
    return TestWheel.copyOf(fixture);
  }
}
