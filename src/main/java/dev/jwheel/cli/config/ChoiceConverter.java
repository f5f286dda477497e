// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.config;

import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes one of a few words. A class and not a lambda: the JVM would have to spin bytecode for it at
 * every start.
 */
public final class ChoiceConverter implements ITypeConverter<String> {
  private final List<String> words;

  public ChoiceConverter(List<String> words) {
    this.words = words;
  }

  @Override
  public String convert(String value) {
    if (!words.contains(value)) {
      throw new TypeConversionException(
          "expected one of " + String.join(", ", words) + ", not " + value);
    }
    return value;
  }
}
