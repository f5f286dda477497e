// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.jwheel.remote.HtmlText;
import dev.jwheel.remote.RemoteResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words of a server's answer: of JSON its messages, of HTML its title, else the text. */
final class AnswerText {
  private static final int MAX_LENGTH = 400;
  private static final int MAX_MESSAGES = 8;

  private AnswerText() {}

  /** The words on one line, cut where they are too many; empty where the answer has none. */
  static String of(RemoteResponse response) {
    String text = response.text().strip();
    String type = response.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    String words = "";
    if (type.contains("json") || text.startsWith("{")) {
      words = json(text);
    } else if (type.contains("html") || text.startsWith("<")) {
      words = html(text);
    }
    return cut(HtmlText.plain(words.isEmpty() ? escaped(text) : escaped(words)));
  }

  /** {@code plain} leaves elements out, and this is no HTML any more. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String html(String page) {
    String title = HtmlText.title(page);
    String all = HtmlText.plain(page);
    // A title is mostly the status again; a short page says the rest.
    return title.isEmpty() || all.length() <= MAX_LENGTH ? all : title;
  }

  private static String json(String text) {
    List<String> messages = new ArrayList<>();
    try (JsonParser json = new JsonFactory().createParser(text)) {
      collect(json, messages);
    } catch (JsonProcessingException e) {
      if (messages.isEmpty()) {
        return "";
      }
    } catch (IOException e) {
      throw new IllegalStateException(e); // there is no file behind it
    }
    return String.join("; ", messages);
  }

  /** The texts of the members that say what is wrong, at whatever depth. */
  private static void collect(JsonParser json, List<String> messages) throws IOException {
    String name = "";
    for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
      if (token == JsonToken.FIELD_NAME) {
        name = json.currentName();
      } else if (token == JsonToken.VALUE_STRING
          && isMessage(name)
          && messages.size() < MAX_MESSAGES
          && !messages.contains(json.getText())) {
        messages.add(json.getText());
      }
    }
  }

  private static boolean isMessage(String name) {
    return switch (name) {
      case "message", "error", "errors", "detail", "title", "description", "reason", "meta" -> true;
      default -> false;
    };
  }

  private static String cut(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
  }
}
