// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/** What an identity token (RFC 7519) says of who we are: what the repository compares. */
final class IdentityClaims {
  private static final List<String> SHOWN =
      List.of("sub", "repository", "workflow", "workflow_ref", "ref", "environment");
  private static final int MAX_VALUE = 200;

  private IdentityClaims() {}

  /** The claims as an addition to a message; empty where the token does not parse. */
  static String of(String token) {
    String[] parts = token.split("\\.", -1);
    StringJoiner claims = new StringJoiner(", ", " (the identity token says: ", ")");
    claims.setEmptyValue("");
    if (parts.length != 3) {
      return "";
    }
    try (JsonParser json =
        new JsonFactory().createParser(Base64.getUrlDecoder().decode(parts[1]))) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          if (json.nextToken() == JsonToken.VALUE_STRING && SHOWN.contains(name)) {
            String value = json.getText();
            claims.add(name + " " + value.substring(0, Math.min(value.length(), MAX_VALUE)));
          } else {
            json.skipChildren();
          }
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
    return claims.toString();
  }
}
