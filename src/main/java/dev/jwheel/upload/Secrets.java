// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Texts that must not be shown: passwords and tokens, in each form in which they travel. A server
 * may repeat them in its answers.
 */
public final class Secrets {
  private static final String MASK = "***";

  /** A shorter text is hidden where it stands by itself only: every message holds an "a". */
  private static final int SHORT = 4;

  private final List<String> texts;

  private Secrets(List<String> texts) {
    this.texts = List.copyOf(texts);
  }

  /** Nothing to hide. */
  public static Secrets none() {
    return new Secrets(List.of());
  }

  /** Hides the password, or the name where it stands without one and is a token. */
  public static Secrets of(Credentials credentials) {
    String secret =
        credentials.password().isEmpty() ? credentials.username() : credentials.password();
    return of(List.of(secret, credentials.pair()));
  }

  static Secrets of(List<String> secrets) {
    List<String> all = new ArrayList<>();
    for (String secret : secrets) {
      if (!secret.isEmpty()) {
        all.add(secret);
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
        all.add(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20"));
        all.add(secret.replace("\\", "\\\\").replace("\"", "\\\""));
        all.add(secret.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
      }
    }
    all.sort(Comparator.comparing(String::length).reversed());
    return new Secrets(all.stream().distinct().toList());
  }

  /** Hides these and others. */
  public Secrets and(Secrets others) {
    List<String> all = new ArrayList<>(texts);
    all.addAll(others.texts);
    all.sort(Comparator.comparing(String::length).reversed());
    return new Secrets(all.stream().distinct().toList());
  }

  /** The text with each secret replaced by {@code ***}. */
  public String mask(String text) {
    String masked = text;
    for (String secret : texts) {
      masked = secret.length() < SHORT ? maskWords(masked, secret) : masked.replace(secret, MASK);
    }
    return masked;
  }

  private static String maskWords(String text, String secret) {
    StringBuilder masked = new StringBuilder();
    int done = 0;
    for (int i = text.indexOf(secret); i >= 0; i = text.indexOf(secret, i + secret.length())) {
      int end = i + secret.length();
      boolean word =
          (i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)))
              && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
      if (word) {
        masked.append(text, done, i).append(MASK);
        done = end;
      }
    }
    return masked.append(text, done, text.length()).toString();
  }
}
