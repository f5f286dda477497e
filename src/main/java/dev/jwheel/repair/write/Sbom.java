// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.repair.write;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.jwheel.distro.InstalledPackage;
import dev.jwheel.distro.PackageDatabase;
import dev.jwheel.distro.Purl;
import dev.jwheel.io.ElfStrings;
import dev.jwheel.link.tree.SystemTree;
import dev.jwheel.repair.Graft;
import dev.jwheel.repair.RepairPlan;
import dev.jwheel.wheel.WheelFileName;
import dev.jwheel.wheel.zip.WheelFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The software bill of materials of a repaired wheel (PEP 770): a CycloneDX 1.4 document that lists
 * every grafted file. It holds no time and no random number.
 */
final class Sbom {
  private static final String UNKNOWN = "unknown";

  private final JsonFactory factory = new JsonFactory();
  private final String toolVersion;
  private final PackageDatabase database;

  Sbom(String toolVersion, PackageDatabase database) {
    this.toolVersion = toolVersion;
    this.database = database;
  }

  /**
   * A bill of materials.
   *
   * @param json the document
   * @param problems why packages are unknown, each in one sentence
   */
  record Document(byte[] json, Set<String> problems) {}

  /**
   * Returns the document.
   *
   * @param earlier the document that an earlier repair left in the wheel
   * @throws WheelFormatException if that is no JSON
   */
  Document of(RepairPlan plan, Optional<byte[]> earlier) throws IOException {
    try {
      return document(plan, earlier);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      throw new WheelFormatException(
          plan.wheel().toString(),
          RepairPlan.SBOM,
          "line "
              + at.getLineNr()
              + ", column "
              + at.getColumnNr()
              + ": "
              + e.getOriginalMessage()
              + "; expected the CycloneDX document of an earlier repair");
    }
  }

  private Document document(RepairPlan plan, Optional<byte[]> earlier) throws IOException {
    List<EarlierBill.Component> kept = kept(plan, earlier);
    Set<String> problems = new LinkedHashSet<>();
    Map<String, InstalledPackage> packages = packages(plan.grafts(), problems);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = factory.createGenerator(bytes)) {
      json.setPrettyPrinter(prettyPrinter());
      json.writeStartObject();
      json.writeStringField("bomFormat", "CycloneDX");
      json.writeStringField("specVersion", "1.4");
      json.writeNumberField("version", 1);
      writeMetadata(json, plan.result());
      json.writeArrayFieldStart("components");
      for (Graft graft : plan.grafts()) {
        writeComponent(json, graft, Optional.ofNullable(packages.get(graft.member())));
      }
      for (EarlierBill.Component component : kept) {
        component.copyTo(json);
      }
      json.writeEndArray();
      writeDependencies(json, plan, kept);
      json.writeEndObject();
    }
    bytes.write('\n');
    return new Document(bytes.toByteArray(), problems);
  }

  /** Returns the components of the earlier document that this repair does not write itself. */
  private static List<EarlierBill.Component> kept(RepairPlan plan, Optional<byte[]> earlier)
      throws IOException {
    Set<String> written = new HashSet<>();
    for (Graft graft : plan.grafts()) {
      written.add(graft.member());
    }
    List<EarlierBill.Component> kept = new ArrayList<>();
    for (EarlierBill.Component component : EarlierBill.read(earlier).components()) {
      if (component.reference().isEmpty() || written.add(component.reference())) {
        kept.add(component);
      }
    }
    return kept;
  }

  /** Jackson's own would end lines as the host does. */
  private static DefaultPrettyPrinter prettyPrinter() {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(lines);
    printer.indentObjectsWith(lines);
    return printer;
  }

  /** The packages that grafted files come from, by the members they become. */
  private Map<String, InstalledPackage> packages(List<Graft> grafts, Set<String> problems)
      throws IOException {
    Map<SystemTree, List<Graft>> bySystem = new LinkedHashMap<>();
    for (Graft graft : grafts) {
      bySystem.computeIfAbsent(graft.source().system(), tree -> new ArrayList<>()).add(graft);
    }
    Map<String, InstalledPackage> packages = new HashMap<>();
    for (Map.Entry<SystemTree, List<Graft>> entry : bySystem.entrySet()) {
      List<String> paths =
          entry.getValue().stream().map(graft -> graft.source().realPath()).toList();
      PackageDatabase.Answer answer = database.packagesOf(entry.getKey(), paths);
      answer.problem().ifPresent(problems::add);
      for (Graft graft : entry.getValue()) {
        InstalledPackage installed = answer.packages().get(graft.source().realPath());
        if (installed != null) {
          packages.put(graft.member(), installed);
        }
      }
    }
    return packages;
  }

  private void writeMetadata(JsonGenerator json, WheelFileName wheel) throws IOException {
    json.writeObjectFieldStart("metadata");
    json.writeArrayFieldStart("tools");
    json.writeStartObject();
    json.writeStringField("name", "jwheel");
    json.writeStringField("version", toolVersion);
    json.writeEndObject();
    json.writeEndArray();
    json.writeObjectFieldStart("component");
    json.writeStringField("type", "library");
    json.writeStringField("bom-ref", wheelReference(wheel));
    json.writeStringField("name", wheel.distribution());
    json.writeStringField("version", wheel.version());
    json.writeStringField("purl", wheelReference(wheel));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String wheelReference(WheelFileName wheel) {
    return Purl.ofWheel(wheel.normalizedDistribution(), wheel.version(), wheel.toString());
  }

  private static void writeComponent(
      JsonGenerator json, Graft graft, Optional<InstalledPackage> installed) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "library");
    json.writeStringField("bom-ref", graft.member());
    json.writeStringField(
        "name", installed.map(InstalledPackage::name).orElse(graft.neededAs().get(0)));
    if (installed.isPresent()) {
      json.writeStringField("version", installed.get().version());
      json.writeStringField("purl", installed.get().purl());
    }
    json.writeArrayFieldStart("hashes");
    json.writeStartObject();
    json.writeStringField("alg", "SHA-256");
    json.writeStringField("content", graft.sha256());
    json.writeEndObject();
    json.writeEndArray();
    json.writeArrayFieldStart("properties");
    writeProperty(json, "file", graft.member());
    writeProperty(
        json, "soname", graft.source().elf().soname().map(ElfStrings::toFileName).orElse(""));
    writeProperty(json, "build-id", graft.source().elf().buildId().orElse(""));
    if (installed.isEmpty()) {
      writeProperty(json, "package", UNKNOWN);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void writeProperty(JsonGenerator json, String name, String value)
      throws IOException {
    if (!value.isEmpty()) {
      json.writeStartObject();
      json.writeStringField("name", "jwheel:" + name);
      json.writeStringField("value", value);
      json.writeEndObject();
    }
  }

  private static void writeDependencies(
      JsonGenerator json, RepairPlan plan, List<EarlierBill.Component> kept) throws IOException {
    json.writeArrayFieldStart("dependencies");
    json.writeStartObject();
    json.writeStringField("ref", wheelReference(plan.result()));
    json.writeArrayFieldStart("dependsOn");
    for (Graft graft : plan.grafts()) {
      json.writeString(graft.member());
    }
    for (EarlierBill.Component component : kept) {
      if (!component.reference().isEmpty()) {
        json.writeString(component.reference());
      }
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndArray();
  }
}
