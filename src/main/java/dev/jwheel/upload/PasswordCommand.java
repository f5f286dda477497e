// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Asks a program for the password: a password manager prints it on its standard output. */
final class PasswordCommand {
  private static final int MAX_BYTES = 1 << 16;
  private static final long LIMIT_SECONDS = 120;

  private PasswordCommand() {}

  /**
   * Runs a command of the shell and returns its output without the last line end.
   *
   * @throws IOException if it fails, or prints nothing; no message shows its output
   */
  static String run(String command) throws IOException, InterruptedException {
    boolean windows =
        System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    List<String> shell = windows ? List.of("cmd", "/c", command) : List.of("sh", "-c", command);
    Process process =
        new ProcessBuilder(shell)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectInput(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      byte[] output;
      try (InputStream in = process.getInputStream()) {
        output = in.readNBytes(MAX_BYTES + 1);
      }
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("--password-command: took more than " + LIMIT_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new IOException("--password-command: ended with status " + process.exitValue());
      }
      return password(output, "--password-command");
    } finally {
      process.destroyForcibly();
    }
  }

  /**
   * The password in some bytes: all but the last line end.
   *
   * @param source where they come from, for messages
   */
  static String password(byte[] bytes, String source) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    String password = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    password = password.endsWith("\r") ? password.substring(0, password.length() - 1) : password;
    if (password.isEmpty() || bytes.length > MAX_BYTES || password.indexOf('\n') >= 0) {
      throw new IOException(source + ": expected the password in one line");
    }
    return password;
  }
}
