package dev.jwheel.io;

/** Text from a file, made fit for a message: member names may hold terminal control sequences. */
public final class Printable {

  private Printable() {}

  /**
   * The text with the characters that have an effect instead of a shape written as {@code \\u001b}:
   * control characters, line ends, and the marks that reverse the direction of writing.
   */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (hasEffect(c)) {
        String hex = Integer.toHexString(c);
        printable.append("\\u").append("0000", hex.length(), 4).append(hex);
      } else {
        printable.append(c);
      }
    }
    return printable.toString();
  }

  private static boolean hasEffect(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
