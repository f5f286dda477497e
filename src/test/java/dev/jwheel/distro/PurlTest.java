// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.distro;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library of the specification reads what jwheel writes, and would write it the same way. */
class PurlTest {

  /** The specification leaves a colon as it is (section "Character encoding"), the library not. */
  private static PackageURL canonical(String written) throws MalformedPackageURLException {
    PackageURL read = new PackageURL(written);
    assertThat(read.canonicalize().replace("%3A", ":")).isEqualTo(written);
    return read;
  }

  @ParameterizedTest
  @CsvSource({
    "deb, debian, libstdc++6, 12.2.0-14+deb12u1, amd64",
    "deb, debian, libz, 1:1.2.13.dfsg-1~bpo, amd64",
    "deb, ubuntu, a%b, 1 2/3@4?5#6, all",
    "apk, alpine, so:libx, 1.2.3-r4, x86_64",
    "rpm, almalinux, libstdc++, 11.5.0-5.el9_5.alma.1, x86_64",
    "rpm, fedora, R-core, 4.2^git~1-2.fc40, noarch",
  })
  void thePartsOfAPackageAreReadBack(
      String type, String distribution, String name, String version, String architecture)
      throws MalformedPackageURLException {
    PackageURL purl =
        canonical(new InstalledPackage(type, distribution, name, version, architecture).purl());
    assertThat(purl.getType()).isEqualTo(type);
    assertThat(purl.getNamespace()).isEqualTo(distribution);
    assertThat(purl.getName()).isEqualTo(name);
    assertThat(purl.getVersion()).isEqualTo(version);
    assertThat(purl.getQualifiers()).isEqualTo(Map.of("arch", architecture));
  }

  @Test
  void theEpochOfAnRpmPackageIsAQualifier() throws MalformedPackageURLException {
    PackageURL purl =
        canonical(
            new InstalledPackage("rpm", "almalinux", "openssl-libs", "1:3.2.2-6.el9", "x86_64")
                .purl());
    assertThat(purl.getVersion()).isEqualTo("3.2.2-6.el9");
    assertThat(purl.getQualifiers()).isEqualTo(Map.of("arch", "x86_64", "epoch", "1"));
  }

  @Test
  void namesOfDistributionPackagesAreInLowerCase() throws MalformedPackageURLException {
    PackageURL purl =
        canonical(new InstalledPackage("apk", "Alpine", "R", "4.2.2-r0", "x86_64").purl());
    assertThat(purl.getNamespace()).isEqualTo("alpine");
    assertThat(purl.getName()).isEqualTo("r");
  }

  /** The library encodes the bytes of characters beyond ASCII twice. */
  @Test
  void charactersBeyondAsciiAreTheirBytesInUtf8() {
    assertThat(new InstalledPackage("apk", "alpine", "lib\u00e4", "1", "").purl())
        .isEqualTo("pkg:apk/alpine/lib%C3%A4@1");
  }

  @Test
  void partsThatAreUnknownAreLeftOut() throws MalformedPackageURLException {
    assertThat(new InstalledPackage("apk", "alpine", "musl", "", "").purl())
        .isEqualTo("pkg:apk/alpine/musl");
    canonical("pkg:apk/alpine/musl");
  }

  @Test
  void aWheelNamesItsFile() throws MalformedPackageURLException {
    String file = "Foo_Bar-1.0+cu118-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";
    PackageURL purl = canonical(Purl.ofWheel("foo-bar", "1.0+cu118", file));
    assertThat(purl.getType()).isEqualTo("pypi");
    assertThat(purl.getName()).isEqualTo("foo-bar");
    assertThat(purl.getVersion()).isEqualTo("1.0+cu118");
    assertThat(purl.getQualifiers()).isEqualTo(Map.of("file_name", file));
  }
}
