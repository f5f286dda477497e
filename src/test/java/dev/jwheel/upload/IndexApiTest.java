// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer of an index, and what it means for a file and for the others. */
@Timeout(60)
class IndexApiTest {
  private static final String WHEEL = "foo-1.0-py3-none-any.whl";

  @TempDir private Path directory;
  private final IndexServer server = new IndexServer();
  private final Uploads uploads = new Uploads(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private Distribution wheel() {
    return Uploads.file(directory, WHEEL, "PK\r\n--x");
  }

  private Distribution sdist() {
    return Uploads.file(directory, "foo-1.0.tar.gz", "gz");
  }

  private UploadResult upload() {
    return uploads.upload(wheel()).results().get(0);
  }

  /** Fails so the first time, and never again. */
  private void failingOnce(IndexServer.Fault fault) {
    AtomicInteger number = new AtomicInteger();
    server.failing(
        (upload, exchange) -> {
          boolean failed = number.get() == 0 && fault.fail(upload, exchange);
          if (failed) {
            number.incrementAndGet();
          }
          return failed;
        });
  }

  private static IndexServer.Fault whole(int status, String body) {
    return (upload, exchange) -> upload.isPresent() && IndexServer.answered(exchange, status, body);
  }

  @Test
  void theFormHoldsTheMetadataAndTheFileComesLast() {
    assertThat(upload().status()).isEqualTo(UploadStatus.UPLOADED);
    IndexServer.Upload upload = server.uploads().get(0);
    assertThat(upload.parts().stream().map(part -> part.name() + "=" + part.text()))
        .containsExactly(
            ":action=file_upload",
            "protocol_version=1",
            "filetype=bdist_wheel",
            "pyversion=py3",
            "sha256_digest=" + wheel().sha256(),
            "metadata_version=2.1",
            "name=foo",
            "version=1.0",
            "classifiers=A :: B",
            "classifiers=C :: Ä",
            "content=PK\r\n--x");
    assertThat(upload.file("content").orElseThrow().fileName()).contains(WHEEL);
    assertThat(upload.header("Authorization"))
        .isEqualTo(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString("me:s3cret-word".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void wheelsGoBeforeSourceDistributions() {
    UploadReport report = uploads.upload(sdist(), wheel());
    assertThat(report.isComplete()).isTrue();
    assertThat(server.uploads())
        .extracting(upload -> upload.text("filetype"))
        .containsExactly("bdist_wheel", "sdist");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void theseMeanDone(int status) {
    server.failing(whole(status, ""));
    assertThat(upload().status()).isEqualTo(UploadStatus.UPLOADED);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504})
  void theseMeanLater(int status) {
    failingOnce(whole(status, "busy"));
    assertThat(upload()).extracting("status", "tries").containsExactly(UploadStatus.UPLOADED, 2);
    assertThat(uploads.waits).containsExactly("1000 ms");
  }

  @Test
  void waitsGrowUntilTheTriesAreUsedUp() {
    server.failing(whole(503, "busy"));
    UploadResult result = upload();
    assertThat(result.status()).isEqualTo(UploadStatus.FAILED);
    assertThat(result.tries()).isEqualTo(6);
    assertThat(result.reason()).contains("503: busy").contains("try again later");
    assertThat(uploads.waits)
        .containsExactly("1000 ms", "2000 ms", "4000 ms", "8000 ms", "16000 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7, 7000 ms", "1000000, 300000 ms", "soon, 1000 ms"})
  void theServerSaysHowLongToWaitUpToALimit(String given) {
    failingOnce(
        (upload, exchange) -> {
          exchange.getResponseHeaders().add("Retry-After", given.split(", ")[0]);
          return whole(503, "").fail(upload, exchange);
        });
    assertThat(upload().status()).isEqualTo(UploadStatus.UPLOADED);
    assertThat(uploads.waits).containsExactly(given.split(", ")[1]);
  }

  @Test
  void aFileThatWasStoredBeforeTheGatewayFailedIsNotSentAgain() {
    failingOnce(
        (upload, exchange) -> {
          if (upload.isEmpty()) {
            return false;
          }
          server.keep(upload.get());
          return IndexServer.answered(exchange, 502, "<h1>Bad Gateway</h1>");
        });
    UploadResult result = upload();
    assertThat(result).extracting("status", "tries").containsExactly(UploadStatus.UPLOADED, 1);
    assertThat(result.reason()).contains("although").contains("502: Bad Gateway");
    assertThat(server.uploads()).hasSize(1);
  }

  @Test
  void withoutAnIndexToAskTheSecondTryMeetsTheFirst() {
    uploads.checked = false;
    failingOnce(
        (upload, exchange) -> {
          if (upload.isEmpty()) {
            return false;
          }
          server.keep(upload.get());
          return IndexServer.answered(exchange, 502, "");
        });
    UploadResult result = upload();
    assertThat(result.status()).isEqualTo(UploadStatus.REFUSED);
    assertThat(result.reason()).contains("already exists").contains("--check-url");
  }

  @Test
  void theSameBytesUnderTheNameAreDone() {
    server.files().put(WHEEL, wheel().sha256());
    assertThat(upload().status()).isEqualTo(UploadStatus.ALREADY_THERE);
  }

  @Test
  void otherBytesUnderTheNameAreAnErrorWithBothHashes() {
    server.files().put(WHEEL, "ab".repeat(32));
    uploads.skipExisting = true;
    UploadResult result = upload();
    assertThat(result.status()).isEqualTo(UploadStatus.REFUSED);
    assertThat(result.reason()).contains("ab".repeat(32)).contains(wheel().sha256());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "409, Package 'foo' already exists!",
        "400, File already exists",
        "403, Not enough permissions to overwrite artifact 'x'",
        "400, Validation failed: File name has already been taken"
      })
  void anUnknownFileOfTheNameIsSkippedWhereTheUserSaysSo(String answer) {
    String[] parts = answer.split(", ", 2);
    server.failing(whole(Integer.parseInt(parts[0]), parts[1]));
    uploads.checked = false;
    assertThat(upload().status()).isEqualTo(UploadStatus.REFUSED);
    uploads.skipExisting = true;
    assertThat(upload().status()).isEqualTo(UploadStatus.SKIPPED);
  }

  @Test
  void aProjectThatDoesNotExistIsNotAFileThatExists() {
    server.failing(whole(403, "The project foo does not exist."));
    uploads.skipExisting = true;
    assertThat(upload().status()).isEqualTo(UploadStatus.FAILED);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void refusedCredentialsStopEverything(int status) {
    server.failing(whole(status, "Invalid authentication"));
    UploadReport report = uploads.upload(wheel(), sdist());
    assertThat(report.results())
        .extracting(UploadResult::status)
        .containsExactly(UploadStatus.FAILED, UploadStatus.NOT_SENT);
    assertThat(report.stopped()).contains("does not let us in").contains("Invalid authentication");
    assertThat(server.uploads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectToAnotherHostIsNotFollowed(int status) {
    try (IndexServer other = new IndexServer()) {
      server.failing(
          (upload, exchange) -> {
            exchange.getResponseHeaders().add("Location", other.address("/upload/").toString());
            return whole(status, "").fail(upload, exchange);
          });
      UploadReport report = uploads.upload(wheel(), sdist());
      assertThat(report.stopped()).contains("another origin");
      assertThat(other.uploads()).isEmpty();
      assertThat(server.uploads()).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 308})
  void aRedirectWithinTheOriginIsFollowedWithTheForm(int status) {
    failingOnce(
        (upload, exchange) -> {
          exchange.getResponseHeaders().add("Location", "/upload/elsewhere");
          return whole(status, "").fail(upload, exchange);
        });
    assertThat(upload()).extracting("status", "tries").containsExactly(UploadStatus.UPLOADED, 1);
    assertThat(server.uploads())
        .extracting(IndexServer.Upload::path)
        .containsExactly("/upload/", "/upload/elsewhere");
    assertThat(server.uploads().get(1).header("Authorization")).startsWith("Basic ");
  }

  @Test
  void redirectsInACircleEnd() {
    server.failing(
        (upload, exchange) -> {
          exchange.getResponseHeaders().add("Location", "/upload/");
          return whole(308, "").fail(upload, exchange);
        });
    assertThat(uploads.upload(wheel()).stopped()).contains("redirect");
    assertThat(server.uploads()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 404, 405})
  void aPageIsNotTheAddressForUploads(int status) {
    server.failing(
        (upload, exchange) -> {
          exchange.getResponseHeaders().add("Location", "/simple/");
          return whole(status, "").fail(upload, exchange);
        });
    UploadReport report = uploads.upload(wheel(), sdist());
    assertThat(report.stopped()).contains("not taken at this address").contains("" + status);
    assertThat(server.uploads()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 410, 413, 418, 422, 501})
  void aFileThatIsRefusedDoesNotKeepTheOthersBack(int status) {
    failingOnce(whole(status, "{\"message\": \"no\", \"code\": 1, \"errors\": [\"too big\"]}"));
    UploadReport report = uploads.upload(wheel(), sdist());
    assertThat(report.results())
        .extracting(UploadResult::status)
        .containsExactly(UploadStatus.REFUSED, UploadStatus.UPLOADED);
    assertThat(report.results().get(0).reason()).isEqualTo(status + ": no; too big");
  }

  @Test
  void theFirstRefusalEndsItWhereTheUserSaysSo() {
    failingOnce(whole(422, "no"));
    uploads.failFast = true;
    assertThat(uploads.upload(wheel(), sdist()).results())
        .extracting(UploadResult::status)
        .containsExactly(UploadStatus.REFUSED, UploadStatus.NOT_SENT);
  }

  @Test
  void anErrorPageIsToldByItsTitle() {
    server.failing(
        (upload, exchange) -> {
          if (upload.isEmpty()) {
            return false;
          }
          String page = "<html><head><title>400 Bad &amp; odd</title></head>" + "<p>x".repeat(900);
          IndexServer.answer(exchange, 400, "text/html", page);
          return true;
        });
    assertThat(upload().reason()).isEqualTo("400: 400 Bad & odd");
  }

  @Test
  void aConnectionThatIsCutInTheMiddleOfTheBodyIsTriedAgain() {
    failingOnce(IndexApiTest::cut);
    Distribution big = Uploads.file(directory, WHEEL, new byte[20 << 20]);
    assertThat(uploads.upload(big).results().get(0))
        .extracting("status", "tries")
        .containsExactly(UploadStatus.UPLOADED, 2);
  }

  private static boolean cut(Optional<IndexServer.Upload> upload, HttpExchange exchange)
      throws IOException {
    if (upload.isPresent()) {
      return false;
    }
    exchange.getRequestBody().readNBytes(100_000);
    exchange.close();
    return true;
  }

  @Test
  void anAnswerOfTheWrongLengthIsTriedAgain() {
    failingOnce(
        (upload, exchange) -> {
          if (upload.isEmpty()) {
            return false;
          }
          server.keep(upload.get());
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('O');
          exchange.getResponseBody().flush();
          exchange.close();
          return true;
        });
    assertThat(upload()).extracting("status", "tries").containsExactly(UploadStatus.UPLOADED, 1);
  }

  @Test
  void aServerThatAnswersTooLateIsAskedAgain() {
    CountDownLatch over = new CountDownLatch(1);
    Uploads hasty = new Uploads(server, Duration.ofMillis(300));
    AtomicInteger requests = new AtomicInteger();
    server.failing(
        (upload, exchange) -> {
          if (upload.isPresent() || requests.getAndIncrement() > 0) {
            return false;
          }
          try {
            over.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.close();
          return true;
        });
    try {
      assertThat(hasty.upload(wheel()).results().get(0))
          .extracting("status", "tries")
          .containsExactly(UploadStatus.UPLOADED, 2);
    } finally {
      over.countDown();
    }
  }

  @Test
  void aServerThatIsDownEndsItAfterTheTries() {
    server.close();
    UploadReport report = uploads.upload(wheel(), sdist());
    assertThat(report.results())
        .extracting(UploadResult::status)
        .containsExactly(UploadStatus.FAILED, UploadStatus.NOT_SENT);
    assertThat(report.stopped()).contains("no connection");
    assertThat(uploads.waits).hasSize(5);
  }

  @Test
  void aFileThatChangedMeanwhileIsNotTaken() throws IOException {
    Distribution file = wheel();
    Files.writeString(file.path(), "PK\r\n--y");
    UploadReport report = uploads.upload(file, sdist());
    assertThat(report.results())
        .extracting(UploadResult::status)
        .containsExactly(UploadStatus.UNREADABLE, UploadStatus.UPLOADED);
    assertThat(report.results().get(0).reason()).contains(WHEEL).contains("other bytes");
    assertThat(server.names()).containsExactly("foo-1.0.tar.gz");
  }

  @Test
  void aFileThatVanishesIsNotTaken() throws IOException {
    Distribution file = wheel();
    Files.delete(file.path());
    UploadResult result = uploads.upload(file).results().get(0);
    assertThat(result.status()).isEqualTo(UploadStatus.UNREADABLE);
    assertThat(result.reason()).contains(WHEEL).contains("cannot be read");
  }

  @Test
  void attestationsAreSentAsAList() {
    Distribution plain = wheel();
    Distribution attested =
        new Distribution(
            plain.path(),
            plain.fileName(),
            plain.kind(),
            plain.size(),
            plain.sha256(),
            plain.project(),
            plain.pythonTag(),
            plain.metadata(),
            plain.fields(),
            List.of("{\"version\":1}", "{}"),
            List.of());
    uploads.upload(attested);
    assertThat(server.uploads().get(0).text("attestations")).isEqualTo("[{\"version\":1},{}]");
  }
}
