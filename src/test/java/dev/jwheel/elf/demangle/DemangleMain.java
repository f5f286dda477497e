// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Writes each name of standard input as {@link Demangler#readable} gives it, one a line. */
final class DemangleMain {

  private DemangleMain() {}

  public static void main(String[] args) throws IOException {
    BufferedReader names =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    try (PrintWriter out =
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII))) {
      for (String name = names.readLine(); name != null; name = names.readLine()) {
        out.print(Demangler.readable(name) + "\n");
      }
    }
  }
}
