// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds name and password, in this order: the command line, the repository's address, the variables
 * {@code JWHEEL_USERNAME} and {@code JWHEEL_PASSWORD}, those of twine, {@code .pypirc}, {@code
 * .netrc}. Name and password may come from two places, but for the files, which hold pairs.
 */
public final class CredentialFinder {
  private static final int MAX_PASSWORD = (1 << 16) + 1;
  private static final String TOKEN_USER = Credentials.TOKEN_USER;

  private final Given given;
  private final Map<String, String> variables;
  private final Optional<Pypirc.Repository> section;
  private final Optional<Path> netrc;

  /**
   * The credentials that the user gave.
   *
   * @param username the name, if one was given
   * @param password the password, if one was given
   * @param command a command that prints the password
   * @param addressUsername the name in the repository's address
   * @param addressPassword the password in the repository's address
   */
  public record Given(
      Optional<String> username,
      Optional<String> password,
      Optional<String> command,
      Optional<String> addressUsername,
      Optional<String> addressPassword) {

    /** Shows no password. */
    @Override
    public String toString() {
      return username.orElse("nobody") + ":***";
    }
  }

  /**
   * @param variables the environment variables
   * @param section the repository of {@code .pypirc} that files are sent to
   * @param netrc the file {@code .netrc}, if there is one
   */
  public CredentialFinder(
      Given given,
      Map<String, String> variables,
      Optional<Pypirc.Repository> section,
      Optional<Path> netrc) {
    this.given = given;
    this.variables = Map.copyOf(variables);
    this.section = section;
    this.netrc = netrc;
  }

  /**
   * Finds them.
   *
   * @param host the repository's host
   * @return empty where nobody knows any
   * @throws IOException if a file or a command fails
   */
  public Optional<Credentials> find(String host) throws IOException, InterruptedException {
    Optional<String> username = username();
    if (given.password().isPresent()) {
      return Optional.of(credentials(username, given.password().get(), "--password-stdin"));
    }
    if (given.command().isPresent()) {
      String password = PasswordCommand.run(given.command().get());
      return Optional.of(credentials(username, password, "--password-command"));
    }
    if (given.addressPassword().isPresent()) {
      return Optional.of(
          credentials(username, given.addressPassword().get(), "the repository's address"));
    }
    for (String prefix : List.of("JWHEEL_", "TWINE_")) {
      String password = variables.getOrDefault(prefix + "PASSWORD", "");
      if (!password.isEmpty()) {
        return Optional.of(credentials(username, password, prefix + "PASSWORD"));
      }
    }
    Optional<Credentials> pair = ofSection(username);
    if (pair.isEmpty() && netrc.isPresent()) {
      pair = Netrc.read(netrc.get()).find(host, username);
    }
    // A token may stand in the place of the name.
    return pair.or(
        () ->
            given
                .addressUsername()
                .map(name -> new Credentials(name, "", "the repository's address")));
  }

  /**
   * The password on standard input: one line.
   *
   * @throws IOException if it cannot be read, or is more or less than a line
   */
  public static String passwordOf(InputStream in) throws IOException {
    return PasswordCommand.password(in.readNBytes(MAX_PASSWORD), "--password-stdin");
  }

  /** The name that was given apart from a file. */
  private Optional<String> username() {
    if (given.username().isPresent()) {
      return given.username();
    }
    if (given.addressUsername().isPresent()) {
      return given.addressUsername();
    }
    for (String prefix : List.of("JWHEEL_", "TWINE_")) {
      String name = variables.getOrDefault(prefix + "USERNAME", "");
      if (!name.isEmpty()) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  private Optional<Credentials> ofSection(Optional<String> username) throws IOException {
    if (section.isEmpty() || section.get().password().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> owner = section.get().username();
    boolean other = username.isPresent() && owner.isPresent() && !username.equals(owner);
    return other
        ? Optional.empty()
        : Optional.of(
            credentials(username.or(() -> owner), section.get().password().get(), ".pypirc"));
  }

  private Credentials credentials(Optional<String> username, String password, String source)
      throws IOException {
    String name =
        username.or(() -> section.flatMap(Pypirc.Repository::username)).orElse(TOKEN_USER);
    if (name.indexOf(':') >= 0) {
      throw new IOException("the user's name holds a colon, which HTTP does not allow in it");
    }
    return new Credentials(name, password, source);
  }
}
