package dev.jwheel.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.platform.Architecture;
import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyDifference;
import dev.jwheel.policy.VersionChange;
import dev.jwheel.policy.VersionLimit;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Policies for machines; the keys are described in {@code docs/policies.md}. */
public final class PolicyJson {
  private final JsonText text = new JsonText(true);

  public String ofList(List<Policy> policies) throws IOException {
    return text.of(
        json -> {
          json.writeArrayFieldStart("policies");
          for (Policy policy : policies) {
            json.writeStartObject();
            writeHead(json, policy, policy.architectures());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  public String of(Policy policy, Optional<Architecture> only) throws IOException {
    return text.of(
        json -> {
          Collection<Architecture> architectures =
              only.isPresent() ? Set.of(only.get()) : policy.architectures();
          writeHead(json, policy, architectures);
          writeMap(json, "systems", policy.origin().systems());
          JsonText.writeStrings(json, "notes", policy.origin().notes());
          json.writeObjectFieldStart("versions");
          for (Architecture architecture : architectures) {
            json.writeObjectFieldStart(architecture.tagName());
            for (VersionLimit limit : policy.versionLimits(architecture).values()) {
              JsonText.writeStrings(json, limit.namespace(), limit.allowed());
            }
            json.writeEndObject();
          }
          json.writeEndObject();
          json.writeObjectFieldStart("libraries");
          JsonText.writeStrings(json, "base", policy.libraries().base());
          writeMap(json, "added", policy.libraries().added());
          writeMap(json, "withdrawn", policy.libraries().withdrawn());
          json.writeEndObject();
          json.writeObjectFieldStart("libc_names");
          for (Architecture architecture : architectures) {
            JsonText.writeStrings(
                json,
                architecture.tagName(),
                policy.libcNames().getOrDefault(architecture, Set.of()));
          }
          json.writeEndObject();
          writeSymbols(json, "forbidden_symbols", policy.forbidden());
        });
  }

  public String of(PolicyDifference difference, Optional<Architecture> only) throws IOException {
    return text.of(
        json -> {
          json.writeStringField("from", difference.from().name());
          json.writeStringField("to", difference.to().name());
          json.writeObjectFieldStart("versions");
          for (Map.Entry<Architecture, List<VersionChange>> entry :
              difference.versions().entrySet()) {
            if (only.isEmpty() || only.get() == entry.getKey()) {
              writeChanges(json, entry.getKey(), entry.getValue());
            }
          }
          json.writeEndObject();
          JsonText.writeStrings(json, "libraries_gained", difference.librariesGained());
          JsonText.writeStrings(json, "libraries_lost", difference.librariesLost());
          writeArchitectures(json, "architectures_gained", difference.architecturesGained());
          writeArchitectures(json, "architectures_lost", difference.architecturesLost());
          writeSymbols(json, "symbols_permitted", difference.symbolsPermitted());
          writeSymbols(json, "symbols_forbidden", difference.symbolsForbidden());
          writeMap(json, "systems_gained", difference.systemsGained());
          writeMap(json, "systems_lost", difference.systemsLost());
        });
  }

  private static void writeHead(
      JsonGenerator json, Policy policy, Collection<Architecture> architectures)
      throws IOException {
    json.writeStringField("name", policy.name());
    JsonText.writeStrings(json, "aliases", policy.aliases());
    json.writeNumberField("pep", policy.origin().pep());
    json.writeStringField("libc", policy.libc().displayName());
    json.writeStringField("libc_version", policy.libcVersion());
    JsonText.writeStrings(json, "baseline", policy.origin().baseline());
    writeMap(json, "first_pip", policy.origin().firstPip());
    writeArchitectures(json, "architectures", architectures);
  }

  private static void writeChanges(
      JsonGenerator json, Architecture architecture, List<VersionChange> changes)
      throws IOException {
    json.writeObjectFieldStart(architecture.tagName());
    for (VersionChange change : changes) {
      json.writeObjectFieldStart(change.namespace());
      json.writeStringField("from", change.from().orElse(null));
      json.writeStringField("to", change.to().orElse(null));
      JsonText.writeStrings(json, "gained", change.gained());
      JsonText.writeStrings(json, "lost", change.lost());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeArchitectures(
      JsonGenerator json, String name, Collection<Architecture> architectures) throws IOException {
    JsonText.writeStrings(json, name, architectures.stream().map(Architecture::tagName).toList());
  }

  private static void writeSymbols(
      JsonGenerator json, String name, Map<String, Set<String>> symbols) throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, Set<String>> entry : symbols.entrySet()) {
      JsonText.writeStrings(json, entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private static void writeMap(JsonGenerator json, String name, Map<String, String> map)
      throws IOException {
    json.writeObjectFieldStart(name);
    for (Map.Entry<String, String> entry : map.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }
}
