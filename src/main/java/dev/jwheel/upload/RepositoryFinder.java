// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.RemoteAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Finds where to send files: the address on the command line, the repository of {@code .pypirc}
 * that is named there, or what the variables {@code JWHEEL_REPOSITORY_URL}, {@code
 * JWHEEL_REPOSITORY} and those of twine say. There is no default: a file that is published by
 * mistake cannot be taken back.
 */
public final class RepositoryFinder {
  private final Map<String, String> variables;
  private final Path home;

  /**
   * Where to send files.
   *
   * @param address the address, and the credentials in it
   * @param section the section of {@code .pypirc} that it comes from
   */
  public record Target(RemoteAddress address, Optional<Pypirc.Repository> section) {

    /** Shows no password. */
    @Override
    public String toString() {
      return address.toString();
    }
  }

  /**
   * @param variables the environment variables
   * @param home the user's home directory
   */
  public RepositoryFinder(Map<String, String> variables, Path home) {
    this.variables = Map.copyOf(variables);
    this.home = home;
  }

  /**
   * Finds the repository.
   *
   * @param url the address on the command line; empty for none
   * @param name the name on the command line; empty for none
   * @param config the file to read instead of {@code ~/.pypirc}; empty for none
   * @throws IOException if the file does not parse, or has no such repository
   * @throws IllegalArgumentException if the address is not one, or nobody names a repository
   */
  public Target find(String url, String name, String config) throws IOException {
    String address = url;
    String section = name;
    if (address.isEmpty() && section.isEmpty()) {
      address = variable("REPOSITORY_URL");
      section = address.isEmpty() ? variable("REPOSITORY") : "";
    }
    if (!address.isEmpty()) {
      return new Target(RemoteAddress.parse(address), Optional.empty());
    }
    if (section.isEmpty()) {
      throw new IllegalArgumentException(
          "no repository: --repository-url ADDRESS or --repository NAME says where to upload");
    }
    Path file = config.isEmpty() ? home.resolve(".pypirc") : Path.of(config);
    Pypirc.Repository repository = Pypirc.read(file).repository(section);
    return new Target(RemoteAddress.parse(repository.address()), Optional.of(repository));
  }

  private String variable(String name) {
    String own = variables.getOrDefault("JWHEEL_" + name, "");
    return own.isEmpty() ? variables.getOrDefault("TWINE_" + name, "") : own;
  }

  /** The address of the index that shows what the repository has, if the environment names one. */
  public String checkUrl() {
    return variables.getOrDefault("JWHEEL_CHECK_URL", "");
  }

  /** The file {@code .netrc}, if there is one. */
  public Optional<Path> netrc() {
    String named = variables.getOrDefault("NETRC", "");
    Path file = named.isEmpty() ? home.resolve(".netrc") : Path.of(named);
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
