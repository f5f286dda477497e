package dev.jwheel.wheel.zip;

/** Text from a file, made fit for a message: member names may hold terminal control sequences. */
public final class Printable {

  private Printable() {}

  /** The text with its control characters written as {@code \\u001b}. */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        String hex = Integer.toHexString(c);
        printable.append("\\u").append("0000", hex.length(), 4).append(hex);
      } else {
        printable.append(c);
      }
    }
    return printable.toString();
  }
}
