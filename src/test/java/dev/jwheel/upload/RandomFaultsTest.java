// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A thousand faults at random: nothing is uploaded twice, nothing is lost, the table is true. */
@Timeout(120)
class RandomFaultsTest {
  private static final int FILES = 50;
  private static final int FAULTS = 1000;
  private static final int KINDS = 10;

  @TempDir private Path directory;
  private final IndexServer server = new IndexServer();
  private final Random random = new Random(20010324);
  private int faults;
  private int requests;

  @AfterEach
  void stop() {
    server.close();
  }

  /** One fault a request, as long as there are any, but for one request in forty. */
  private synchronized boolean fail(Optional<IndexServer.Upload> upload, HttpExchange exchange)
      throws IOException {
    requests += upload.isEmpty() ? 1 : 0;
    int kind = random.nextInt(KINDS);
    boolean early = kind < 2;
    if (faults == FAULTS || early == upload.isPresent() || random.nextInt(40) == 0) {
      return false;
    }
    faults++;
    if (early) {
      exchange.getRequestBody().readNBytes(random.nextInt(3000));
      exchange.close();
      return true;
    }
    boolean kept = random.nextInt(16) == 0;
    if (kept) {
      server.keep(upload.orElseThrow());
    }
    switch (kind / 2) {
      case 1 -> IndexServer.answer(exchange, 502, "text/html", "<h1>Bad Gateway</h1>");
      case 2 -> {
        exchange.getResponseHeaders().add("Retry-After", "3");
        IndexServer.answer(exchange, 503, "text/plain", "busy");
      }
      case 3 -> exchange.close(); // no answer
      default -> {
        exchange.sendResponseHeaders(200, 500);
        exchange.getResponseBody().write('x');
        exchange.close(); // an answer of the wrong length
      }
    }
    return true;
  }

  private List<Distribution> files() {
    List<Distribution> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      byte[] content = new byte[random.nextInt(20_000)];
      random.nextBytes(content);
      String name = i % 5 == 0 ? "foo-1." + i + ".tar.gz" : "foo-1." + i + "-py3-none-any.whl";
      files.add(Uploads.file(directory, name, content));
    }
    return files;
  }

  @Test
  void nothingIsUploadedTwiceAndNothingIsLost() {
    Uploads uploads = new Uploads(server);
    uploads.maxRetries = FAULTS;
    server.failing(this::fail);
    List<Distribution> files = files();
    // Files that arrive in spite of a fault end its series early, so there are several rounds.
    for (int round = 0; faults < FAULTS; round++) {
      assertThat(round).isLessThan(20);
      server.files().clear();
      server.stored().clear();
      requests = 0;
      uploads.journal = UploadJournal.none();
      UploadReport report = uploads.upload(files.toArray(new Distribution[0]));
      assertThat(report.isComplete()).isTrue();
      assertThat(requests)
          .as("requests, none sent again behind our back")
          .isEqualTo(report.results().stream().mapToInt(UploadResult::tries).sum());
      assertTrue(report);
      assertThat(server.stored()).hasSize(FILES);
    }
    assertThat(faults).isEqualTo(FAULTS);
  }

  @Test
  void theTableIsTrueWhereTriesEnd() {
    Uploads uploads = new Uploads(server);
    uploads.maxRetries = 1;
    server.failing(this::fail);
    UploadReport report = uploads.upload(files().toArray(new Distribution[0]));
    assertTrue(report);
    assertThat(report.results()).extracting(UploadResult::status).contains(UploadStatus.FAILED);
  }

  private void assertTrue(UploadReport report) {
    for (UploadResult result : report.results()) {
      String name = result.file().fileName();
      assertThat(result.status()).isIn(UploadStatus.UPLOADED, UploadStatus.FAILED);
      assertThat(result.status().isThere()).as(name).isEqualTo(server.files().containsKey(name));
      if (result.status().isThere()) {
        assertThat(server.files()).containsEntry(name, result.file().sha256());
        assertThat(server.stored()).as("times stored").containsEntry(name, 1);
      }
    }
  }
}
