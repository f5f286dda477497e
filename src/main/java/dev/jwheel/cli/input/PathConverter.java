// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.input;

import dev.jwheel.io.Printable;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Takes the names of files. A class and not a lambda: the JVM would have to spin bytecode for it at
 * every start.
 */
public final class PathConverter implements ITypeConverter<Path> {

  @Override
  public Path convert(String value) {
    if (value.isEmpty()) {
      throw new TypeConversionException("the name is empty, expected a file");
    }
    if (InputFinder.isAddress(value)) {
      throw new TypeConversionException(value + " is a URL, expected a file");
    }
    try {
      return Path.of(value);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          Printable.of(value) + " is no name of a file in this locale: " + e.getReason());
    }
  }

  /** Takes addresses too, and whatever else could be a file's name. */
  public static final class OrAddress implements ITypeConverter<String> {
    private final PathConverter paths = new PathConverter();

    @Override
    public String convert(String value) {
      return InputFinder.isAddress(value) ? value : paths.convert(value).toString();
    }
  }
}
