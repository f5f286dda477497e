// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The file {@code .netrc}: names and passwords by host (the manual page netrc(5)). */
final class Netrc {
  private static final int MAX_BYTES = 1 << 20;

  private final List<Entry> entries;

  private record Entry(Optional<String> machine, String login, String password) {}

  private Netrc(List<Entry> entries) {
    this.entries = entries;
  }

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or does not parse; no message shows a value
   */
  public static Netrc read(Path path) throws IOException {
    return new Netrc(
        new Reader(path, BoundedFile.read(path, MAX_BYTES, "hosts with their passwords"))
            .entries());
  }

  /**
   * Name and password for a host; those of {@code default} where it is not listed.
   *
   * @param username the name that is known already, if one is
   */
  public Optional<Credentials> find(String host, Optional<String> username) {
    for (Entry entry : entries) {
      boolean machine = entry.machine.isEmpty() || entry.machine.get().equalsIgnoreCase(host);
      boolean user = username.isEmpty() || username.get().equals(entry.login);
      if (machine && user && !entry.password.isEmpty()) {
        return Optional.of(new Credentials(entry.login, entry.password, ".netrc"));
      }
    }
    return Optional.empty();
  }

  /** Reads words, since lines mean nothing in this format but for comments and macros. */
  private static final class Reader {
    private final Path path;
    private final String text;
    private int at;
    private int line = 1;

    Reader(Path path, String text) {
      this.path = path;
      this.text = text;
    }

    List<Entry> entries() throws IOException {
      List<Entry> entries = new ArrayList<>();
      Optional<Optional<String>> machine = Optional.empty();
      String login = "";
      String password = "";
      for (String word = word(); !word.isEmpty(); word = word()) {
        switch (word) {
          case "machine", "default" -> {
            add(entries, machine, login, password);
            login = "";
            password = "";
            machine =
                Optional.of(word.equals("machine") ? Optional.of(value(word)) : Optional.empty());
          }
          case "login" -> login = value(word);
          case "password" -> password = value(word);
          case "account" -> value(word);
          case "macdef" -> skipMacro();
          default ->
              throw new IOException(
                  path + ":" + line + ": does not parse, expected machine, login or password");
        }
      }
      add(entries, machine, login, password);
      return entries;
    }

    private static void add(
        List<Entry> entries, Optional<Optional<String>> machine, String login, String password) {
      machine.ifPresent(name -> entries.add(new Entry(name, login, password)));
    }

    private String value(String key) throws IOException {
      String value = word();
      if (value.isEmpty()) {
        throw new IOException(path + ":" + line + ": ends after " + key + ", expected a value");
      }
      return value;
    }

    /** The next word, without quotation marks; empty at the end. */
    private String word() {
      skipSpace();
      StringBuilder word = new StringBuilder();
      boolean quoted = at < text.length() && text.charAt(at) == '"';
      at += quoted ? 1 : 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (quoted ? c == '"' : Character.isWhitespace(c)) {
          at += quoted ? 1 : 0;
          break;
        }
        if (c == '\\' && at + 1 < text.length()) {
          at++;
        }
        word.append(text.charAt(at++));
      }
      return word.toString();
    }

    private void skipSpace() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '#') {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else if (Character.isWhitespace(c)) {
          line += c == '\n' ? 1 : 0;
          at++;
        } else {
          return;
        }
      }
    }

    private void skipMacro() {
      int end = text.indexOf("\n\n", at);
      at = end < 0 ? text.length() : end;
    }
  }
}
