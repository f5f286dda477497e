// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.wheel;

import java.util.ArrayList;
import java.util.List;

/**
 * A text of headers and a body, read as the standard library of Python reads it ({@code
 * email.parser.HeaderParser} of 3.12.8, 3.13.1 and newer with the policy {@code compat32}), because
 * that is how installers and indexes read {@code METADATA}. Reading takes one pass, whatever is
 * folded.
 *
 * <ul>
 *   <li>Lines end with LF, CR or CR LF.
 *   <li>The first line that is neither a header (printable ASCII without space and colon, then a
 *       colon), nor folded (it begins with a space or a tab), nor an envelope ({@code From }) ends
 *       the headers. If it is empty it is dropped, otherwise it is the first line of the body.
 *   <li>A folded line before the first header, or after a line that was ignored, is ignored; so are
 *       a header without name and an envelope.
 * </ul>
 *
 * @param headers the headers in their order; a value has lost the space before it and the line ends
 *     around it, and keeps the line ends and the space of its folded lines
 * @param body the text after the headers, as it is
 * @param oddLines the numbers, from 1, of the lines that were ignored, and of the one that began
 *     the body without an empty line before it
 */
public record HeaderBlock(List<Header> headers, String body, List<Integer> oddLines) {
  private static final String ENVELOPE = "From ";

  public HeaderBlock {
    headers = List.copyOf(headers);
    oddLines = List.copyOf(oddLines);
  }

  /** Reads a text. */
  public static HeaderBlock parse(String text) {
    return new Reader(text).read();
  }

  /** The state of reading. */
  private static final class Reader {
    private static final int MAX_ODD_LINES = 100;

    private final String text;
    private final List<Header> headers = new ArrayList<>();
    private final List<Integer> oddLines = new ArrayList<>();
    private int position;
    private int line = 1;
    private String name = "";
    private int valueStart;
    private int valueEnd;

    Reader(String text) {
      this.text = text;
    }

    HeaderBlock read() {
      while (position < text.length()) {
        int end = lineEnd(position);
        int next = next(end);
        char first = text.charAt(position);
        if (first == ' ' || first == '\t') {
          continueHeader(next);
        } else if (text.startsWith(ENVELOPE, position)) {
          finish();
          if (line > 1 && isLastHeader(next)) {
            return envelopeAsBody(next);
          }
          odd();
        } else {
          int colon = colon(position, end);
          if (colon < 0) {
            return endOfHeaders(end, next);
          }
          begin(colon, next);
        }
        position = next;
        line++;
      }
      return body(position);
    }

    private void continueHeader(int next) {
      if (name.isEmpty()) {
        odd();
      } else {
        valueEnd = next;
      }
    }

    private void begin(int colon, int next) {
      finish();
      if (colon == position) {
        odd();
      } else {
        name = text.substring(position, colon);
        valueStart = colon + 1;
        valueEnd = next;
      }
    }

    private HeaderBlock endOfHeaders(int end, int next) {
      if (end == position) {
        return body(next);
      }
      odd();
      return body(position);
    }

    /** Whether the line after the envelope does not belong to the headers. */
    private boolean isLastHeader(int next) {
      if (next >= text.length()) {
        return true;
      }
      char first = text.charAt(next);
      return first != ' '
          && first != '\t'
          && !text.startsWith(ENVELOPE, next)
          && colon(next, lineEnd(next)) < 0;
    }

    /**
     * An envelope that is the last of the headers begins the body; an empty line after it is
     * dropped.
     */
    private HeaderBlock envelopeAsBody(int next) {
      odd();
      int rest = lineEnd(next) == next ? next(next) : next;
      return new HeaderBlock(
          headers, text.substring(position, next) + text.substring(rest), oddLines);
    }

    private HeaderBlock body(int start) {
      finish();
      return new HeaderBlock(headers, text.substring(start), oddLines);
    }

    private void finish() {
      if (!name.isEmpty()) {
        headers.add(new Header(name, value()));
        name = "";
      }
    }

    private String value() {
      int start = valueStart;
      int end = valueEnd;
      while (start < end && isBlank(text.charAt(start))) {
        start++;
      }
      while (end > start && isLineEnd(text.charAt(end - 1))) {
        end--;
      }
      return text.substring(start, end);
    }

    private void odd() {
      if (oddLines.size() < MAX_ODD_LINES) {
        oddLines.add(line);
      }
    }

    /** The colon after a header's name; -1 if the line is not a header. */
    private int colon(int start, int end) {
      for (int i = start; i < end; i++) {
        char c = text.charAt(i);
        if (c == ':') {
          return i;
        }
        if (c <= ' ' || c > '~') {
          return -1;
        }
      }
      return -1;
    }

    private int lineEnd(int start) {
      int end = start;
      while (end < text.length() && !isLineEnd(text.charAt(end))) {
        end++;
      }
      return end;
    }

    private int next(int end) {
      return Math.min(text.length(), text.startsWith("\r\n", end) ? end + 2 : end + 1);
    }

    private static boolean isBlank(char c) {
      return c == ' ' || c == '\t' || isLineEnd(c);
    }

    private static boolean isLineEnd(char c) {
      return c == '\r' || c == '\n';
    }
  }
}
