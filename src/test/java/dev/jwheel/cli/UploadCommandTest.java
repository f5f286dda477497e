// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.upload.IndexServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UploadCommandTest {
  private static final String WHEEL = "pure-1.0-py3-none-any.whl";
  private static final String SECRET = "h1dden-word";

  @TempDir private Path directory;
  private final IndexServer server = new IndexServer();
  private final Map<String, String> variables = new HashMap<>();
  private Path wheel;

  @BeforeEach
  void prepare() throws IOException {
    wheel = Files.copy(Path.of("testdata", "wheels", WHEEL), directory.resolve(WHEEL));
    variables.put("HOME", directory.toString());
    variables.put("JWHEEL_REPOSITORY_URL", server.address("/upload/").toString());
    variables.put("JWHEEL_CHECK_URL", server.address("/simple/").toString());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandRun upload(Object... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "upload";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 1] = arguments[i].toString();
    }
    return CommandRun.in(variables, false, all);
  }

  private Path sdist(String fileName, String metadata) throws IOException {
    Path path = directory.resolve(fileName);
    try (OutputStream file = Files.newOutputStream(path);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(file))) {
      byte[] bytes = metadata.getBytes(StandardCharsets.UTF_8);
      TarArchiveEntry entry = new TarArchiveEntry("pure-1.0/PKG-INFO");
      entry.setSize(bytes.length);
      tar.putArchiveEntry(entry);
      tar.write(bytes);
      tar.closeArchiveEntry();
    }
    return path;
  }

  private Path sdist() throws IOException {
    return sdist("pure-1.0.tar.gz", "Metadata-Version: 2.1\nName: pure\nVersion: 1.0\n");
  }

  private static JsonNode json(CommandRun run) throws IOException {
    return new ObjectMapper().readTree(run.out());
  }

  @Test
  void everyFileIsInTheTable() throws IOException {
    CommandRun run = upload(sdist(), wheel);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 uploaded")
        .containsSubsequence(WHEEL + "  uploaded", "pure-1.0.tar.gz");
    assertThat(server.names()).containsExactlyInAnyOrder(WHEEL, "pure-1.0.tar.gz");
    assertThat(directory.resolve(".jwheel-upload.json")).doesNotExist();
  }

  @Test
  void theJsonSaysTheSame() throws IOException {
    JsonNode json = json(upload("--json", wheel));
    assertThat(json.get("complete").booleanValue()).isTrue();
    assertThat(json.at("/files/0/file").asText()).isEqualTo(WHEEL);
    assertThat(json.at("/files/0/status").asText()).isEqualTo("uploaded");
    assertThat(json(upload("--json", wheel)).at("/files/0/status").asText())
        .isEqualTo("already there");
  }

  @Test
  void aRehearsalShowsTheFormAndSendsNothing() throws IOException {
    CommandRun run = upload("--dry-run", wheel, sdist());
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("would be sent to").contains("filetype").contains("bdist_wheel");
    JsonNode form = json(upload("--dry-run", "--json", wheel)).at("/files/0/form");
    assertThat(form.findValuesAsText("name")).startsWith(":action", "protocol_version", "filetype");
    assertThat(server.uploads()).isEmpty();
  }

  @Test
  void filesThatAnIndexWouldRefuseKeepAllOfThemBack() throws IOException {
    Path odd = sdist("other-1.0.tar.gz", "Metadata-Version: 2.1\nName: pure\nVersion: 1.0\n");
    CommandRun run = upload(wheel, odd);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("sdist-name").contains("not sent").contains("--no-check");
    assertThat(server.uploads()).isEmpty();
    assertThat(upload("--no-check", wheel, odd).status()).isZero();
  }

  @Test
  void aRefusedFileMeansStatusOne() {
    server.failing(
        (upload, exchange) -> upload.isPresent() && IndexServer.answered(exchange, 422, "no good"));
    CommandRun run = upload(wheel);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("1 refused").contains("422: no good");
    assertThat(directory.resolve(".jwheel-upload.json")).exists();
  }

  @Test
  void noPasswordIsShownWhoeverRepeatsIt() {
    server.failing(
        (upload, exchange) ->
            upload.isPresent()
                && IndexServer.answered(
                    exchange, 422, SECRET + " " + upload.get().header("Authorization")));
    variables.put("TWINE_PASSWORD", SECRET);
    CommandRun run = upload("--verbose", "--debug", wheel);
    assertThat(run.out()).contains("422: *** Basic ***");
    assertThat(run.err())
        .contains("> POST " + server.address("/upload/"))
        .contains("Authorization: ***")
        .contains("< 422")
        .contains("user __token__, password from TWINE_PASSWORD");
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
  }

  @Test
  void credentialsInTheAddressAreUsedAndNotShown() throws IOException {
    String address = server.address("/upload/").toString().replace("//", "//me:" + SECRET + "@");
    CommandRun run = upload("--verbose", "--repository-url", address, "--json", wheel);
    assertThat(run.status()).isZero();
    assertThat(server.uploads().get(0).header("Authorization")).startsWith("Basic ");
    assertThat(run.out() + run.err()).doesNotContain(SECRET);
  }

  @Test
  void aRepositoryIsFoundByItsName() throws IOException {
    variables.remove("JWHEEL_REPOSITORY_URL");
    Files.writeString(
        directory.resolve(".pypirc"),
        "[mine]\nrepository = " + server.address("/upload/") + "\npassword = " + SECRET + "\n");
    assertThat(upload("-r", "mine", wheel).status()).isZero();
    CommandRun other = upload("-r", "other", wheel);
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err()).contains(".pypirc: has no section [other]");
    Files.writeString(directory.resolve(".pypirc"), "[mine]\n" + SECRET + "\n");
    CommandRun odd = upload("-r", "mine", wheel);
    assertThat(odd.status()).isEqualTo(2);
    assertThat(odd.err()).contains(".pypirc:2: does not parse").doesNotContain(SECRET);
  }

  @Test
  void nothingIsSentToARepositoryThatNobodyNamed() {
    variables.remove("JWHEEL_REPOSITORY_URL");
    CommandRun run = upload(wheel);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("no repository: --repository-url");
  }

  @Test
  void aFileThatCannotBeReadKeepsAllOfThemBack() {
    CommandRun run = upload(wheel, directory.resolve("gone-1.0-py3-none-any.whl"));
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("gone-1.0-py3-none-any.whl: there is no such file");
    assertThat(server.uploads()).isEmpty();
  }

  @Test
  void aNameThatDoesNotResolveIsOneClearLine() {
    CommandRun run = upload("--repository-url", "http://nowhere.invalid/", wheel);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("nowhere.invalid: the name does not resolve");
    assertThat(run.err()).doesNotContain("\tat ");
  }

  @Test
  void certificatesThatDoNotParseAreReported() throws IOException {
    Path file = Files.writeString(directory.resolve("ca.pem"), "no certificate");
    CommandRun run = upload("--cert", file, wheel);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("ca.pem: ").contains("certificate");
    assertThat(server.uploads()).isEmpty();
  }

  @Test
  void anAttestationGoesWithItsFile() throws IOException {
    Path attestation = directory.resolve(WHEEL + ".publish.attestation");
    Files.writeString(attestation, "{\"version\": 1}\n");
    assertThat(upload(wheel, attestation).status()).isZero();
    assertThat(server.uploads()).hasSize(1);
    assertThat(server.uploads().get(0).parts())
        .anyMatch(
            part -> part.name().equals("attestations") && part.text().equals("[{\"version\": 1}]"));
    Files.writeString(attestation, "[]");
    assertThat(upload(wheel).status()).isEqualTo(2);
  }

  @Test
  void whatEachProtocolTakesIsChecked() {
    assertThat(upload("--protocol", "x", wheel).err()).contains("expected index or pep243");
    assertThat(upload("--platform", "x", wheel).err()).contains("are for --protocol pep243");
    assertThat(upload("--protocol", "pep243", "--platform", "linux-2-ix86-3", wheel).err())
        .contains("PEP 243's list of operating systems");
    assertThat(server.uploads()).isEmpty();
  }
}
