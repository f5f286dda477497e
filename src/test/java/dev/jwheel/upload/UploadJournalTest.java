// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jwheel.metadata.FormPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class UploadJournalTest {

  @TempDir private Path directory;
  private final IndexServer server = new IndexServer();
  private final Uploads uploads = new Uploads(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private Path path() {
    return directory.resolve(UploadJournal.NAME);
  }

  private Distribution file(int number) {
    return Uploads.file(directory, "foo-" + number + "-py3-none-any.whl", "PK" + number);
  }

  private UploadReport upload() throws IOException {
    uploads.journal = UploadJournal.open(path());
    return uploads.upload(file(1), file(2), file(3));
  }

  @Test
  void theSameCommandGoesOnWhereItEnded() throws IOException {
    server.failing(
        (upload, exchange) ->
            upload.isPresent()
                && upload.get().file("content").orElseThrow().text().equals("PK2")
                && IndexServer.answered(exchange, 422, "no"));
    assertThat(upload().isComplete()).isFalse();
    server.failing((upload, exchange) -> false);
    server.uploads().clear();
    UploadReport report = upload();
    assertThat(report.results())
        .extracting(UploadResult::status)
        .containsExactly(
            UploadStatus.ALREADY_THERE, UploadStatus.UPLOADED, UploadStatus.ALREADY_THERE);
    assertThat(server.uploads()).hasSize(1);
    assertThat(path()).doesNotExist();
  }

  @Test
  void aRunThatIsKilledWhileItSendsAsksFirst() throws IOException {
    RuntimeException killed = new IllegalStateException("killed");
    UploadProtocol api = uploads.indexApi();
    UploadProtocol dying =
        new UploadProtocol() {
          @Override
          public String repository() {
            return api.repository();
          }

          @Override
          public List<String> objections(Distribution file) {
            return List.of();
          }

          @Override
          public List<FormPart> preview(Distribution file) {
            return List.of();
          }

          @Override
          public UploadSession open(List<Distribution> files)
              throws IOException, InterruptedException {
            UploadSession session = api.open(files);
            return (file, progress) -> {
              session.send(file, progress);
              if (file.fileName().startsWith("foo-2")) {
                throw killed;
              }
              return Reply.done();
            };
          }
        };
    uploads.journal = UploadJournal.open(path());
    assertThatThrownBy(() -> uploads.upload(dying, file(1), file(2), file(3))).isSameAs(killed);
    JsonNode journal = new ObjectMapper().readTree(path().toFile());
    assertThat(journal.findValuesAsText("status")).containsExactly("there", "sending");

    server.uploads().clear();
    UploadReport report = upload();
    assertThat(report.isComplete()).isTrue();
    assertThat(server.uploads())
        .extracting(upload -> upload.text("sha256_digest"))
        .containsExactly(file(3).sha256());
    assertThat(server.stored().values()).containsOnly(1);
  }

  @Test
  void otherBytesOrAnotherRepositoryAreAnotherMatter() throws IOException {
    UploadJournal journal = UploadJournal.open(path());
    journal.set(
        new UploadJournal.Key("http://elsewhere/", file(1).fileName(), file(1).sha256()),
        UploadJournal.State.THERE);
    journal.set(
        new UploadJournal.Key(
            server.address("/upload/").toString(), file(2).fileName(), "00".repeat(32)),
        UploadJournal.State.THERE);
    assertThat(upload().results())
        .extracting(UploadResult::status)
        .containsOnly(UploadStatus.UPLOADED);
  }

  @Test
  void nothingElseIsLeftBehind() throws IOException {
    upload();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.endsWith(".whl"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"version\": 2}", "# Notes", "{\"version\": 1"})
  void aFileThatIsNotAJournalIsNotWrittenOver(String text) throws IOException {
    Files.writeString(path(), text);
    assertThatThrownBy(() -> UploadJournal.open(path()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(UploadJournal.NAME)
        .hasMessageContaining("expected the journal");
    assertThat(path()).hasContent(text);
  }

  @Test
  void aJournalThatCannotBeWrittenStopsTheUpload() throws IOException {
    uploads.journal = UploadJournal.open(directory.resolve("gone").resolve("journal.json"));
    UploadReport report = uploads.upload(file(1), file(2));
    assertThat(report.stopped()).contains("the journal cannot be written");
    assertThat(report.isComplete()).isFalse();
    assertThat(server.uploads()).isEmpty();
  }
}
