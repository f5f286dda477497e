// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.json;

import static dev.jwheel.cli.json.JsonText.writeLists;
import static dev.jwheel.cli.json.JsonText.writeStrings;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.PolicyMove;
import dev.jwheel.cli.terminal.PolicyView;
import dev.jwheel.cli.terminal.Renderer;
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
public final class PolicyJson implements Renderer<PolicyView> {
  private final JsonText text;

  public PolicyJson(Console console) {
    this.text = new JsonText(console, true);
  }

  @Override
  public void render(PolicyView view) throws IOException {
    text.print(
        json -> {
          if (view instanceof PolicyView.Overview overview) {
            writeOverview(json, overview.policies());
          } else if (view instanceof PolicyView.Single single) {
            writePolicy(json, single.policy(), single.only());
            PolicyMeaningJson.write(json, single);
          } else if (view instanceof PolicyView.Change change) {
            writeDifference(json, change.difference(), change.only());
            PolicyMeaningJson.write(json, PolicyMove.of(change));
          }
        });
  }

  private static void writeOverview(JsonGenerator json, List<Policy> policies) throws IOException {
    json.writeArrayFieldStart("policies");
    for (Policy policy : policies) {
      json.writeStartObject();
      writeHead(json, policy, policy.architectures());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePolicy(JsonGenerator json, Policy policy, Optional<Architecture> only)
      throws IOException {
    Collection<Architecture> architectures =
        only.isPresent() ? Set.of(only.get()) : policy.architectures();
    writeHead(json, policy, architectures);
    writeStrings(json, "systems", policy.origin().systems());
    writeStrings(json, "notes", policy.origin().notes());
    json.writeObjectFieldStart("versions");
    for (Architecture architecture : architectures) {
      json.writeObjectFieldStart(architecture.tagName());
      for (VersionLimit limit : policy.versionLimits(architecture).values()) {
        writeStrings(json, limit.namespace(), limit.allowed());
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("libraries");
    writeStrings(json, "base", policy.libraries().base());
    writeStrings(json, "added", policy.libraries().added());
    writeStrings(json, "withdrawn", policy.libraries().withdrawn());
    json.writeEndObject();
    json.writeObjectFieldStart("libc_names");
    for (Architecture architecture : architectures) {
      writeStrings(
          json, architecture.tagName(), policy.libcNames().getOrDefault(architecture, Set.of()));
    }
    json.writeEndObject();
    writeLists(json, "forbidden_symbols", policy.forbidden());
  }

  private static void writeDifference(
      JsonGenerator json, PolicyDifference difference, Optional<Architecture> only)
      throws IOException {
    json.writeStringField("from", difference.from().name());
    json.writeStringField("to", difference.to().name());
    json.writeObjectFieldStart("versions");
    for (Map.Entry<Architecture, List<VersionChange>> entry : difference.versions().entrySet()) {
      if (only.isEmpty() || only.get() == entry.getKey()) {
        writeChanges(json, entry.getKey(), entry.getValue());
      }
    }
    json.writeEndObject();
    writeStrings(json, "libraries_gained", difference.librariesGained());
    writeStrings(json, "libraries_lost", difference.librariesLost());
    writeArchitectures(json, "architectures_gained", difference.architecturesGained());
    writeArchitectures(json, "architectures_lost", difference.architecturesLost());
    writeLists(json, "symbols_permitted", difference.symbolsPermitted());
    writeLists(json, "symbols_forbidden", difference.symbolsForbidden());
    writeStrings(json, "systems_gained", difference.systemsGained());
    writeStrings(json, "systems_lost", difference.systemsLost());
  }

  private static void writeHead(
      JsonGenerator json, Policy policy, Collection<Architecture> architectures)
      throws IOException {
    json.writeStringField("name", policy.name());
    writeStrings(json, "aliases", policy.aliases());
    json.writeNumberField("pep", policy.origin().pep());
    json.writeStringField("libc", policy.libc().displayName());
    json.writeStringField("libc_version", policy.libcVersion());
    writeStrings(json, "baseline", policy.origin().baseline());
    writeStrings(json, "first_pip", policy.origin().firstPip());
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
      writeStrings(json, "gained", change.gained());
      writeStrings(json, "lost", change.lost());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeArchitectures(
      JsonGenerator json, String name, Collection<Architecture> architectures) throws IOException {
    writeStrings(json, name, architectures.stream().map(Architecture::tagName).toList());
  }
}
