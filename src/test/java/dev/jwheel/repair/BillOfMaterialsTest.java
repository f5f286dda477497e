// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.packageurl.PackageURL;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bill of materials of a repaired wheel (PEP 770), against the schema of CycloneDX 1.4. */
class BillOfMaterialsTest {
  private static final String SCHEMAS = "http://cyclonedx.org/schema/";
  private static final JsonSchema SCHEMA =
      JsonSchemaFactory.getInstance(
              SpecVersion.VersionFlag.V7,
              factory ->
                  factory.schemaMappers(
                      mappers -> mappers.mapPrefix(SCHEMAS, "classpath:cyclonedx/")))
          .getSchema(SchemaLocation.of(SCHEMAS + "bom-1.4.schema.json"));

  @TempDir private Path directory;

  private Workshop usual() throws Exception {
    return named("demo-1.0-cp311-cp311-linux_x86_64");
  }

  private Workshop named(String name) throws Exception {
    return Workshop.wheel(directory, name)
        .member("demo/m.so", "m-ver.so")
        .library("libver.so.1", "libver.so.1");
  }

  private static Workshop with(Workshop shop, String earlier) {
    return shop.member(
        "demo-1.0.dist-info/" + RepairPlan.SBOM, earlier.getBytes(StandardCharsets.UTF_8));
  }

  private static String components(String... components) {
    return "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.4\", \"version\": 1,"
        + " \"services\": [[{}], null], \"components\": ["
        + String.join(", ", components)
        + "], \"dependencies\": []}";
  }

  private static String component(String reference, String name) {
    return "{\"type\": \"library\", \"name\": \"%s\", \"properties\": [], \"bom-ref\": \"%s\"}"
        .formatted(name, reference);
  }

  private static JsonNode bill(RepairedWheel wheel) throws Exception {
    String distInfo =
        wheel.names().stream().filter(name -> name.endsWith("/WHEEL")).findFirst().orElseThrow();
    JsonNode bill =
        new ObjectMapper().readTree(wheel.content(distInfo.replace("WHEEL", RepairPlan.SBOM)));
    assertThat(SCHEMA.validate(bill)).isEmpty();
    return bill;
  }

  private static List<String> texts(JsonNode array, String field) {
    List<String> texts = new ArrayList<>();
    array.forEach(item -> texts.add(field.isEmpty() ? item.asText() : item.path(field).asText()));
    return texts;
  }

  private static JsonNode property(JsonNode component, String name) {
    for (JsonNode property : component.path("properties")) {
      if (property.path("name").asText().equals(name)) {
        return property.path("value");
      }
    }
    return component.path("properties").path(-1);
  }

  @Test
  void theSchemaRefusesWhatIsNotABill() throws Exception {
    JsonNode wrong = new ObjectMapper().readTree("{\"bomFormat\": \"x\", \"licence\": 1}");
    assertThat(SCHEMA.validate(wrong)).isNotEmpty();
    JsonNode license =
        new ObjectMapper()
            .readTree(
                components(
                    "{\"type\": \"library\", \"name\": \"x\","
                        + " \"licenses\": [{\"license\": {\"id\": \"not a licence\"}}]}"));
    assertThat(SCHEMA.validate(license)).isNotEmpty();
  }

  @Test
  void aGraftedFileIsAComponentWithItsHash() throws Exception {
    RepairedWheel wheel = usual().repair();
    JsonNode bill = bill(wheel);
    Graft graft = wheel.plan().grafts().get(0);
    JsonNode component = bill.path("components").path(0);
    assertThat(bill.path("components")).hasSize(1);
    assertThat(component.path("name").asText()).isEqualTo("libver.so.1");
    assertThat(component.path("bom-ref").asText()).isEqualTo(graft.member());
    assertThat(component.path("hashes").path(0).path("alg").asText()).isEqualTo("SHA-256");
    assertThat(component.path("hashes").path(0).path("content").asText()).isEqualTo(graft.sha256());
    assertThat(property(component, "jwheel:file").asText()).isEqualTo(graft.member());
    assertThat(property(component, "jwheel:soname").asText()).isEqualTo("libver.so.1");
    assertThat(property(component, "jwheel:package").asText()).isEqualTo("unknown");
    assertThat(component.has("purl")).isFalse();
    assertThat(texts(bill.path("dependencies").path(0).path("dependsOn"), ""))
        .containsExactly(graft.member());
  }

  @Test
  void theWheelHasItsCanonicalPackageUrl() throws Exception {
    JsonNode bill = bill(named("Demo_Pkg.X-1.0-cp311-cp311-linux_x86_64").repair());
    JsonNode component = bill.path("metadata").path("component");
    PackageURL purl = new PackageURL(component.path("purl").asText());
    assertThat(component.path("name").asText()).isEqualTo("Demo_Pkg.X");
    assertThat(purl.canonicalize()).isEqualTo(component.path("purl").asText());
    assertThat(purl.getName()).isEqualTo("demo-pkg-x");
    assertThat(component.path("bom-ref").asText()).isEqualTo(component.path("purl").asText());
    assertThat(bill.path("dependencies").path(0).path("ref").asText())
        .isEqualTo(component.path("bom-ref").asText());
  }

  @Test
  void aPackageOfDpkgIsNamed() throws Exception {
    Workshop shop =
        usual()
            .library("etc/os-release", "ID=debian\n".getBytes(StandardCharsets.UTF_8))
            .library(
                "var/lib/dpkg/status",
                "Package: libver1\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:2\n\n"
                    .getBytes(StandardCharsets.UTF_8))
            .library(
                "var/lib/dpkg/info/libver1:amd64.list",
                "/.\n/lib/libver.so.1\n".getBytes(StandardCharsets.UTF_8));
    assertIsPackage(bill(shop.repair()), "libver1", "pkg:deb/debian/libver1@1:2?arch=amd64");
  }

  @Test
  void aPackageOfApkIsNamed() throws Exception {
    Workshop shop =
        usual()
            .library("etc/os-release", "ID=alpine\n".getBytes(StandardCharsets.UTF_8))
            .library(
                "lib/apk/db/installed",
                "P:libVer\nV:1.2-r3\nA:x86_64\nF:lib\nR:libver.so.1\n\n"
                    .getBytes(StandardCharsets.UTF_8));
    assertIsPackage(bill(shop.repair()), "libVer", "pkg:apk/alpine/libver@1.2-r3?arch=x86_64");
  }

  private static void assertIsPackage(JsonNode bill, String name, String purl) {
    JsonNode component = bill.path("components").path(0);
    assertThat(component.path("name").asText()).isEqualTo(name);
    assertThat(component.path("purl").asText()).isEqualTo(purl);
    assertThat(property(component, "jwheel:package").isMissingNode()).isTrue();
  }

  @Test
  void componentsOfAnEarlierRepairStayAndAreDependedOn() throws Exception {
    String earlier = components(component("demo.libs/old.so", "old"), component("", "nameless"));
    JsonNode bill = bill(with(usual(), earlier.replace(", \"bom-ref\": \"\"", "")).repair());
    assertThat(texts(bill.path("components"), "name"))
        .containsExactly("libver.so.1", "old", "nameless");
    assertThat(texts(bill.path("dependencies").path(0).path("dependsOn"), ""))
        .hasSize(2)
        .endsWith("demo.libs/old.so");
  }

  @Test
  void aComponentIsListedOnceHoweverOftenTheEarlierBillHasIt() throws Exception {
    String graft = usual().plan().grafts().get(0).member();
    String earlier =
        components(component(graft, "earlier"), component("a", "first"), component("a", "second"));
    JsonNode bill = bill(with(usual(), earlier).repair());
    assertThat(texts(bill.path("components"), "name")).containsExactly("libver.so.1", "first");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{}", "{\"components\": {\"bom-ref\": \"a\"}}"})
  void anEarlierBillWithoutComponentsAddsNone(String earlier) throws Exception {
    JsonNode bill = bill(with(usual(), earlier).repair());
    assertThat(bill.path("components")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"no json", "{\"components\": [{\"bom-ref\": ", "{\"components\": []", "{]"})
  void anEarlierBillThatIsNotJsonIsNamedWithThePlace(String earlier) throws Exception {
    Workshop shop = with(usual(), earlier);
    assertThatThrownBy(shop::repair)
        .isInstanceOf(WheelFormatException.class)
        .hasMessageContainingAll("demo-1.0", "sboms/jwheel.cdx.json: line 1, column ");
  }

  @Test
  void aBillHoldsNeitherTimeNorRandomNumber() throws Exception {
    JsonNode bill = bill(usual().repair());
    assertThat(bill.has("serialNumber")).isFalse();
    assertThat(bill.path("metadata").has("timestamp")).isFalse();
  }
}
