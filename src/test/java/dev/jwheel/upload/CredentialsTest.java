// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final Optional<String> NONE = Optional.empty();
  private static final CredentialFinder.Given NOTHING =
      new CredentialFinder.Given(NONE, NONE, NONE, NONE, NONE);

  @TempDir private Path directory;

  private Path write(String text) throws IOException {
    return Files.writeString(directory.resolve("config"), text);
  }

  private static Optional<Credentials> find(
      CredentialFinder.Given given,
      Map<String, String> variables,
      Optional<Pypirc.Repository> section,
      Optional<Path> netrc)
      throws Exception {
    return new CredentialFinder(given, variables, section, netrc).find("host");
  }

  private static Optional<String> pair(Optional<Credentials> credentials) {
    return credentials.map(found -> found.username() + ":" + found.password());
  }

  @Test
  void theFirstPlaceThatHasAPasswordCounts() throws Exception {
    Map<String, String> variables =
        Map.of(
            "JWHEEL_USERNAME",
            "j",
            "JWHEEL_PASSWORD",
            "jp",
            "TWINE_USERNAME",
            "t",
            "TWINE_PASSWORD",
            "tp");
    Map<String, String> twine = Map.of("TWINE_USERNAME", "t", "TWINE_PASSWORD", "tp");
    Optional<Pypirc.Repository> section =
        Optional.of(
            new Pypirc.Repository("https://host/", Optional.of("s"), Optional.of("sp"), NONE));
    Optional<Path> netrc = Optional.of(write("machine host login n password np"));
    CredentialFinder.Given given =
        new CredentialFinder.Given(Optional.of("g"), Optional.of("gp"), NONE, NONE, NONE);
    CredentialFinder.Given address =
        new CredentialFinder.Given(NONE, NONE, NONE, Optional.of("a"), Optional.of("ap"));
    assertThat(pair(find(given, variables, section, netrc))).contains("g:gp");
    assertThat(pair(find(address, variables, section, netrc))).contains("a:ap");
    assertThat(pair(find(NOTHING, variables, section, netrc))).contains("j:jp");
    assertThat(pair(find(NOTHING, twine, section, netrc))).contains("t:tp");
    assertThat(pair(find(NOTHING, Map.of(), section, netrc))).contains("s:sp");
    assertThat(pair(find(NOTHING, Map.of(), Optional.empty(), netrc))).contains("n:np");
    assertThat(find(NOTHING, Map.of(), Optional.empty(), Optional.empty())).isEmpty();
  }

  @Test
  void aPasswordWithoutANameIsAToken() throws Exception {
    assertThat(
            pair(find(NOTHING, Map.of("JWHEEL_PASSWORD", "x"), Optional.empty(), Optional.empty())))
        .contains("__token__:x");
  }

  @Test
  void aTokenMayStandInThePlaceOfTheNameInAnAddress() throws Exception {
    CredentialFinder.Given address =
        new CredentialFinder.Given(NONE, NONE, NONE, Optional.of("t0ken-word"), NONE);
    Credentials found = find(address, Map.of(), Optional.empty(), Optional.empty()).orElseThrow();
    assertThat(found.password()).isEmpty();
    assertThat(Secrets.of(found).mask("user t0ken-word")).isEqualTo("user ***");
  }

  @Test
  void thePasswordOfAnotherNameIsNotUsed() throws Exception {
    CredentialFinder.Given me =
        new CredentialFinder.Given(Optional.of("me"), NONE, NONE, NONE, NONE);
    Optional<Pypirc.Repository> section =
        Optional.of(
            new Pypirc.Repository("https://host/", Optional.of("you"), Optional.of("x"), NONE));
    Optional<Path> netrc =
        Optional.of(write("machine host login you password x\nmachine host login me password y"));
    assertThat(pair(find(me, Map.of(), section, netrc))).contains("me:y");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aCommandPrintsThePassword() throws Exception {
    CredentialFinder.Given given =
        new CredentialFinder.Given(NONE, NONE, Optional.of("echo 'a b'"), NONE, NONE);
    assertThat(pair(find(given, Map.of(), Optional.empty(), Optional.empty())))
        .contains("__token__:a b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exit 3", "true", "printf 'a\\nb'"})
  @DisabledOnOs(OS.WINDOWS)
  void aCommandThatPrintsNoPasswordIsReported(String command) {
    CredentialFinder.Given given =
        new CredentialFinder.Given(NONE, NONE, Optional.of(command), NONE, NONE);
    assertThatThrownBy(() -> find(given, Map.of(), Optional.empty(), Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("--password-command");
  }

  @Test
  void aNameWithAColonCannotBeSent() {
    CredentialFinder.Given given =
        new CredentialFinder.Given(Optional.of("a:b"), Optional.of("c"), NONE, NONE, NONE);
    assertThatThrownBy(() -> find(given, Map.of(), Optional.empty(), Optional.empty()))
        .hasMessageContaining("colon");
  }

  @Test
  void aRepositoryHasASectionOfPypirc() throws IOException {
    Pypirc pypirc =
        Pypirc.read(
            write(
                """
                # a comment
                [distutils]
                index-servers =
                    mine
                    other

                [mine]
                repository: https://index/legacy/
                Username = me
                password = a=b:c%d#e
                [other]
                password = x
                """));
    assertThat(pypirc.repository("mine"))
        .isEqualTo(
            new Pypirc.Repository(
                "https://index/legacy/", Optional.of("me"), Optional.of("a=b:c%d#e"), NONE));
    assertThatThrownBy(() -> pypirc.repository("other")).hasMessageContaining("has no address");
    assertThatThrownBy(() -> pypirc.repository("third")).hasMessageContaining("no section [third]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "password = secret|1: does not parse, expected [SECTION]",
        "[a]~secret|2: does not parse, expected NAME = VALUE",
        "[a]~x = 1~[a]|3: begins a section again",
        "[a]~password = 1~password = secret|3: gives password again",
        "[a|1: does not parse, expected [SECTION]"
      })
  void aPypircThatDoesNotParseIsToldByItsLine(String text, String problem) throws IOException {
    Path path = write(text.replace('~', '\n'));
    assertThatThrownBy(() -> Pypirc.read(path))
        .hasMessage(path + ":" + problem)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void aPypircOfMegabytesIsNotRead() throws IOException {
    Path path = write("#".repeat(2 << 20));
    assertThatThrownBy(() -> Pypirc.read(path)).hasMessageContaining("is longer than");
  }

  @Test
  void aNetrcHasHostsAndADefault() throws IOException {
    Netrc netrc =
        Netrc.read(
            write(
                """
                machine other login a password b
                macdef init
                machine host login no password no

                machine HOST
                  login me # comment
                  password "p w\\"x"
                default login d password e
                """));
    assertThat(pair(netrc.find("host", NONE))).contains("me:p w\"x");
    assertThat(pair(netrc.find("third", NONE))).contains("d:e");
    assertThat(netrc.find("host", Optional.of("you"))).isEmpty();
  }

  @Test
  void aNetrcThatDoesNotParseIsToldByItsLine() throws IOException {
    Path path = write("machine host\nsecret");
    assertThatThrownBy(() -> Netrc.read(path))
        .hasMessageContaining(path + ":2: does not parse")
        .message()
        .doesNotContain("secret");
  }

  @Test
  void noTextShowsAPasswordInAnyForm() {
    Credentials credentials = new Credentials("me", "p&s word/1", "test");
    Secrets secrets = Secrets.of(credentials);
    assertThat(credentials.toString()).doesNotContain("word");
    assertThat(
            secrets.mask(
                "p&s word/1 p%26s+word%2F1 p%26s%20word%2F1 p&amp;s word/1 " + credentials.pair()))
        .isEqualTo("*** *** *** *** ***");
    assertThat(credentials.authorization().toString()).isEqualTo("Authorization: ***");
  }

  @Test
  void aShortPasswordIsHiddenWhereItStandsByItself() {
    assertThat(Secrets.of(new Credentials("me", "a", "test")).mask("a bad 'a' data"))
        .isEqualTo("*** bad '***' data");
  }
}
