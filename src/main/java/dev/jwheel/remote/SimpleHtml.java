// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A project's page of a simple index in HTML (PEP 503): its anchors, read in one pass. The page is
 * not checked to be HTML.
 */
final class SimpleHtml {
  private final String page;
  private int at;

  private SimpleHtml(String page) {
    this.page = page;
  }

  /** Reads a page. */
  static List<SimpleFile> parse(String page) {
    return new SimpleHtml(page).files();
  }

  private List<SimpleFile> files() {
    List<SimpleFile> files = new ArrayList<>();
    for (at = page.indexOf('<'); at >= 0; at = page.indexOf('<', at)) {
      if (page.startsWith("!--", at + 1)) {
        int end = page.indexOf("-->", at);
        at = end < 0 ? page.length() : end;
      } else if (isAnchor()) {
        at += 2;
        Map<String, String> attributes = attributes();
        if (attributes.containsKey("href")) {
          files.add(file(attributes));
        }
      } else {
        at++;
      }
    }
    return files;
  }

  private boolean isAnchor() {
    return at + 2 < page.length()
        && Character.toLowerCase(page.charAt(at + 1)) == 'a'
        && isSpace(page.charAt(at + 2));
  }

  /** The attributes of the element whose name ends here; moves behind the element's start. */
  private Map<String, String> attributes() {
    Map<String, String> attributes = new HashMap<>();
    while (at < page.length() && page.charAt(at) != '>') {
      int start = at;
      while (at < page.length() && isNamePart(page.charAt(at))) {
        at++;
      }
      if (at == start) {
        at++;
        continue;
      }
      String name = page.substring(start, at).toLowerCase(Locale.ROOT);
      skipSpace();
      String value = "";
      if (at < page.length() && page.charAt(at) == '=') {
        at++;
        skipSpace();
        value = value();
      }
      attributes.putIfAbsent(name, HtmlText.unescape(value));
    }
    return attributes;
  }

  private String value() {
    if (at == page.length()) {
      return "";
    }
    char quote = page.charAt(at);
    int start = at;
    if (quote == '"' || quote == '\'') {
      int end = page.indexOf(quote, at + 1);
      at = end < 0 ? page.length() : end + 1;
      return page.substring(start + 1, end < 0 ? page.length() : end);
    }
    while (at < page.length() && !isSpace(page.charAt(at)) && page.charAt(at) != '>') {
      at++;
    }
    return page.substring(start, at);
  }

  private void skipSpace() {
    while (at < page.length() && isSpace(page.charAt(at))) {
      at++;
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
  }

  private static boolean isNamePart(char c) {
    return !isSpace(c) && c != '=' && c != '>' && c != '/';
  }

  private static SimpleFile file(Map<String, String> attributes) {
    String address = attributes.getOrDefault("href", "");
    int hash = address.indexOf('#');
    String path = hash < 0 ? address : address.substring(0, hash);
    int query = path.indexOf('?');
    path = query < 0 ? path : path.substring(0, query);
    Map<String, String> hashes =
        hash < 0 ? Map.of() : KnownHash.ofFragment(address.substring(hash + 1));
    return new SimpleFile(
        decode(path.substring(path.lastIndexOf('/') + 1)),
        hash < 0 ? address : address.substring(0, hash),
        hashes,
        attributes.getOrDefault("data-requires-python", ""),
        Optional.ofNullable(attributes.get("data-yanked")));
  }

  private static String decode(String name) {
    try {
      return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
