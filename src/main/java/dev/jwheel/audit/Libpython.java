package dev.jwheel.audit;

/** The names of CPython's shared library: {@code libpython3.12.so.1.0}. */
final class Libpython {
  private static final String START = "libpython";

  private Libpython() {}

  /**
   * Whether a DT_NEEDED entry names it: two numbers, build flags such as {@code m}, {@code .so}.
   */
  public static boolean isName(String needed) {
    int so = needed.indexOf(".so");
    if (!needed.startsWith(START) || so < START.length() + 1) {
      return false;
    }
    char first = needed.charAt(START.length());
    return first >= '0' && first <= '9';
  }
}
