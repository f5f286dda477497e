// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.audit.AuditOutcome;
import dev.jwheel.audit.AuditReport;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.audit.Finding;
import dev.jwheel.audit.FindingCode;
import dev.jwheel.audit.LibraryUse;
import dev.jwheel.audit.NotPlatformWheel;
import dev.jwheel.audit.PlatformVerdict;
import dev.jwheel.audit.Severity;
import dev.jwheel.check.StableAbiNeed;
import dev.jwheel.cli.terminal.AuditView;
import dev.jwheel.cli.terminal.AuditwheelView;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.InputFailure;
import dev.jwheel.cli.terminal.Renderer;
import dev.jwheel.elf.ElfBinary;
import dev.jwheel.platform.PlatformTag;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.StableSymbol;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An audit for machines: the keys of auditwheel's version 1 with their meaning, followed by
 * jwheel's own keys. {@code docs/show.schema.json} describes it.
 */
public final class AuditJson implements Renderer<AuditView> {
  private static final int VERSION = 1;

  private final JsonText text;

  /**
   * @param indent whether to spread an object over lines rather than write it on one
   */
  public AuditJson(Console console, boolean indent) {
    this.text = new JsonText(console, indent);
  }

  @Override
  public void render(AuditView view) throws IOException {
    AuditOutcome outcome = view.outcome();
    text.print(
        json -> {
          if (outcome instanceof AuditReport report) {
            writeReport(json, report);
            writeOrigin(json, view);
          } else if (outcome instanceof NotPlatformWheel other) {
            writeOther(json, other);
          }
        });
  }

  @Override
  public void failed(InputFailure failure) throws IOException {
    text.print(
        json -> {
          json.writeNumberField("version", VERSION);
          json.writeStringField("wheel", failure.input());
          json.writeStringField("error", failure.message());
        });
  }

  private static void writeOther(JsonGenerator json, NotPlatformWheel outcome) throws IOException {
    json.writeNumberField("version", VERSION);
    json.writeStringField("wheel", outcome.wheel());
    if (outcome.pure()) {
      json.writeBooleanField("pure", true);
    } else {
      json.writeStringField("error", "not a platform wheel: " + outcome.reason());
    }
    writeFindings(json, "findings", outcome.findings());
  }

  private static void writeReport(JsonGenerator json, AuditReport report) throws IOException {
    json.writeNumberField("version", VERSION);
    json.writeStringField("wheel", report.wheel());
    json.writeBooleanField("pure", false);
    json.writeStringField("overall_tag", report.overallTag().text());
    json.writeStringField(
        "most_compatible_tag", report.tagBetween().orElseGet(report::overallTag).text());
    json.writeStringField("other_libc_tag", report.otherTag().map(PlatformTag::text).orElse(null));
    json.writeStringField("sym_tag", report.symbolTag().text());
    json.writeBooleanField("pyfpe", report.has(FindingCode.PYFPE));
    json.writeBooleanField("ucs2", report.needsNarrowUnicode());
    json.writeBooleanField("unsupported_isa", report.has(FindingCode.ISA_EXTENSION));
    JsonText.writeLists(json, "versioned_symbols", AuditwheelView.versionedSymbols(report));
    writeExternalLibraries(json, report);
    writeUpgrades(json, report);
    json.writeStringField("architecture", report.architecture().tagName());
    json.writeStringField("libc", report.libc().name().toLowerCase(Locale.ROOT));
    if (report.platform().isPresent()) {
      json.writeFieldName("platform");
      writePlatform(json, report.platform().get());
      json.writeArrayFieldStart("platforms");
      for (PlatformVerdict verdict : report.platforms()) {
        writePlatform(json, verdict);
      }
      json.writeEndArray();
    }
    if (report.graftLimit().isPresent()) {
      json.writeStringField("graft_tag", report.graftLimit().get().tag());
      writeFindings(json, "graft_findings", report.graftLimit().get().culprits());
    }
    writeFindings(json, "findings", report.findings());
    writeLibraries(json, report.libraries());
    writeFiles(json, report.members());
  }

  private static void writeOrigin(JsonGenerator json, AuditView view) throws IOException {
    if (view.pythonAbi().isPresent()) {
      StableAbiNeed need = view.pythonAbi().get();
      json.writeObjectFieldStart("python_abi");
      json.writeStringField("abi", need.abi());
      json.writeStringField("needs", need.newest().map(StableSymbol::since).orElse(null));
      json.writeStringField("symbol", need.newest().map(StableSymbol::name).orElse(null));
      json.writeStringField("tagged", need.tagged().orElse(null));
      json.writeEndObject();
    }
    if (!view.toolchains().isEmpty()) {
      JsonText.writeLists(json, "toolchains", view.toolchains());
    }
  }

  /** As auditwheel does, by the most portable policy, which allows the least. */
  private static void writeExternalLibraries(JsonGenerator json, AuditReport report)
      throws IOException {
    json.writeObjectFieldStart("external_libs");
    if (!report.policies().isEmpty()) {
      LibrariesJson.write(json, AuditwheelView.external(report, report.policies().get(0)));
    }
    json.writeEndObject();
  }

  private static void writeUpgrades(JsonGenerator json, AuditReport report) throws IOException {
    json.writeObjectFieldStart("policy_upgrades");
    for (Policy policy : report.better()) {
      Set<String> libraries = AuditwheelView.external(report, policy).keySet();
      Map<String, Set<String>> forbidden = AuditwheelView.forbiddenSymbols(report, policy);
      if (libraries.isEmpty() && forbidden.isEmpty()) {
        continue;
      }
      json.writeObjectFieldStart(policy.tag(report.architecture()).text());
      if (!libraries.isEmpty()) {
        JsonText.writeStrings(json, "libs_to_eliminate", libraries);
      }
      if (!forbidden.isEmpty()) {
        JsonText.writeLists(json, "blacklisted_symbols", forbidden);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writePlatform(JsonGenerator json, PlatformVerdict verdict)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("tag", verdict.tag().text());
    json.writeBooleanField("met", verdict.met());
    JsonText.writeStrings(json, "reasons", verdict.reasons());
    json.writeEndObject();
  }

  private static void writeFindings(JsonGenerator json, String name, List<Finding> findings)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("code", finding.code().id());
      json.writeStringField("severity", severity(finding.severity()));
      json.writeStringField("file", finding.file());
      json.writeStringField("subject", finding.subject());
      json.writeStringField("library", finding.library());
      JsonText.writeStrings(json, "symbols", finding.symbols());
      json.writeStringField("message", finding.message());
      JsonText.writeStrings(json, "rules_out", finding.rulesOut());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case EXCLUDES -> "excludes";
      case DANGER -> "danger";
      case WARNING -> "warning";
    };
  }

  private static void writeLibraries(JsonGenerator json, List<LibraryUse> libraries)
      throws IOException {
    json.writeArrayFieldStart("libraries");
    for (LibraryUse use : libraries) {
      json.writeStartObject();
      json.writeStringField("name", use.name());
      json.writeStringField("status", use.status().name().toLowerCase(Locale.ROOT));
      json.writeStringField("path", use.path().orElse(null));
      JsonText.writeStrings(json, "needed_by", use.neededBy());
      JsonText.writeStrings(json, "allowed_by", use.policies());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeFiles(JsonGenerator json, List<ElfMember> members) throws IOException {
    json.writeArrayFieldStart("files");
    for (ElfMember member : members) {
      ElfBinary elf = member.elf();
      json.writeStartObject();
      json.writeStringField("path", member.path());
      json.writeStringField("role", member.role().name().toLowerCase(Locale.ROOT));
      json.writeStringField("interpreter", elf.interpreter().orElse(null));
      json.writeStringField("soname", elf.soname().orElse(null));
      JsonText.writeStrings(json, "needed", elf.needed());
      json.writeStringField("rpath", elf.rpath().orElse(null));
      json.writeStringField("runpath", elf.runpath().orElse(null));
      json.writeStringField("build_id", elf.buildId().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
