// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.jwheel.audit.ElfMember;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.IOException;
import java.util.Optional;

/** Rules about bills of materials (PEP 770). */
final class SbomRules implements RuleGroup {

  @Override
  public void check(Subject subject, ResultList results) {
    String directory = subject.inDistInfo("sboms/");
    boolean found = false;
    for (ZipMember member : subject.files()) {
      if (member.name().startsWith(directory)) {
        found = true;
        Optional<byte[]> content = subject.contents().kept(member.name());
        if (content.isPresent() && content.get().length == member.size()) {
          checkFormat(member.name(), content.get(), results);
        }
      }
    }
    Optional<String> graft =
        subject.elfFiles().stream()
            .map(ElfMember::path)
            .filter(path -> path.contains(".libs/"))
            .findFirst();
    if (!found && graft.isPresent()) {
      results.add("sbom-missing", "", graft.get(), "has copied libraries such as " + graft.get());
    }
  }

  private static void checkFormat(String name, byte[] content, ResultList results) {
    boolean known = false;
    try (JsonParser json = new JsonFactory().createParser(content)) {
      int depth = 0;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        boolean key = token == JsonToken.FIELD_NAME && depth == 1;
        known |=
            key
                && (json.currentName().equals("bomFormat")
                    || json.currentName().equals("spdxVersion")
                    || json.currentName().equals("@context"));
      }
    } catch (IOException e) {
      results.add("sbom-format", name, "JSON", "is not JSON that can be read");
      return;
    }
    if (!known) {
      results.add("sbom-format", name, "format", "is neither CycloneDX nor SPDX");
    }
  }
}
