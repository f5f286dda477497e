// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.RemoteResponse;
import dev.jwheel.remote.RetryAfter;
import dev.jwheel.upload.Reply.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What an answer of the index's upload API means. */
final class IndexAnswer {

  /** How indexes say that a file is there already: the public one, devpi, GitLab, Nexus, others. */
  private static final List<String> EXISTS =
      List.of(
          "already exist",
          "file exists",
          "already been taken",
          "already been uploaded",
          "updating asset",
          "overwrite artifact");

  /** No file of that name will ever be taken again, nor is there one to compare with. */
  private static final List<String> USED_UP = List.of("previously used", "already been used");

  private IndexAnswer() {}

  /**
   * Judges an answer.
   *
   * @param now when it came
   */
  static Reply of(RemoteResponse response, Instant now) {
    int status = response.status();
    String words = AnswerText.of(response);
    String reason = words.isEmpty() ? String.valueOf(status) : status + ": " + words;
    return switch (status) {
      case 200, 201, 202, 203, 204 -> Reply.done();
      case 401 -> Reply.of(Verdict.DENIED, reason);
      case 407 -> Reply.of(Verdict.DENIED, status + ": the proxy wants to know who you are");
      case 404, 405 -> Reply.of(Verdict.WRONG_ADDRESS, reason);
      case 408, 425, 429, 500, 502, 503, 504 ->
          new Reply(Verdict.LATER, reason, RetryAfter.of(response, now));
      case 400, 403, 409 -> conflict(status, response, reason);
      default -> other(status, reason);
    };
  }

  private static Reply conflict(int status, RemoteResponse response, String reason) {
    String text = response.text().toLowerCase(Locale.ROOT);
    boolean exists = EXISTS.stream().anyMatch(text::contains) || status == 409;
    if (exists && USED_UP.stream().noneMatch(text::contains)) {
      return Reply.of(Verdict.EXISTS, reason);
    }
    return Reply.of(status == 403 ? Verdict.DENIED : Verdict.REFUSED, reason);
  }

  private static Reply other(int status, String reason) {
    return Reply.of(
        status >= 300 && status < 400 ? Verdict.WRONG_ADDRESS : Verdict.REFUSED, reason);
  }
}
