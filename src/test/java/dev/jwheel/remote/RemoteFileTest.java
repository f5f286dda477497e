// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteFileTest {
  private static final int SIZE = 300_000;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final byte[] content = new byte[SIZE];
  private final List<String> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    new Random(7).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void serve(HttpHandler handler) {
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Range"));
          handler.handle(exchange);
        });
  }

  /** A server as it should be; some of the headers can lie. */
  private void ranges(HttpExchange exchange, Map<String, String> headers) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length());
    int hyphen = range.indexOf('-');
    int last = hyphen == 0 ? SIZE - 1 : Integer.parseInt(range.substring(hyphen + 1));
    int first =
        hyphen == 0
            ? Math.max(0, SIZE - Integer.parseInt(range.substring(1)))
            : Integer.parseInt(range.substring(0, hyphen));
    exchange.getResponseHeaders().set("Content-Range", "bytes " + first + "-" + last + "/" + SIZE);
    headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    answer(exchange, 206, Arrays.copyOfRange(content, first, last + 1));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private RemoteFile file(
      URI address, Optional<RemoteHeader> authorization, Map<String, String> hashes)
      throws IOException {
    return file(address, authorization, hashes, LIMIT);
  }

  private static RemoteFile file(
      URI address, Optional<RemoteHeader> authorization, Map<String, String> hashes, Duration limit)
      throws IOException {
    HttpTransport transport =
        new HttpTransport(
            new Certificates(Optional.empty()),
            ProxyRules.none(),
            "test",
            limit,
            ExchangeListener.NONE);
    return new RemoteFile(
        transport, new RemoteLocation(address, authorization, false), KnownHash.strongest(hashes));
  }

  private RemoteFile file() throws IOException {
    return file(address("/a"), Optional.empty(), Map.of());
  }

  private Path target() {
    return directory.resolve("whole");
  }

  private Optional<RangedFile> open() throws IOException {
    return file().rangesOr(target(), TransferProgress.NONE);
  }

  private byte[] read(RangedFile file, int start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) >= 0) {}
    return bytes.array();
  }

  private void failsWith(String message) {
    assertThatThrownBy(
            () -> {
              Optional<RangedFile> file = open();
              read(file.orElseThrow(), 1000, 100);
            })
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining(message);
  }

  @Test
  void onlyTheRangesThatAreReadAreAskedFor() throws IOException {
    serve(exchange -> ranges(exchange, Map.of("ETag", "\"1\"")));
    RangedFile file = open().orElseThrow();
    assertThat(file.size()).isEqualTo(SIZE);
    assertThat(read(file, SIZE - 50, 50)).isEqualTo(Arrays.copyOfRange(content, SIZE - 50, SIZE));
    assertThat(read(file, 1000, 100)).isEqualTo(Arrays.copyOfRange(content, 1000, 1100));
    file.prepare(900, 20_000);
    assertThat(seen)
        .containsExactly(
            "GET /a bytes=-65557",
            "GET /a bytes=1000-17383",
            "GET /a bytes=900-999",
            "GET /a bytes=17384-19999");
    assertThat(file.bytesRead()).isEqualTo(65557 + 20_000 - 900);
  }

  @Test
  void theFileOfAServerWithoutRangesIsWrittenAndItsHashChecked() throws Exception {
    serve(exchange -> answer(exchange, 200, content));
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    Map<String, String> hashes = Map.of("sha256", sha256, "md5", "of no weight");
    RemoteFile right = file(address("/a"), Optional.empty(), hashes);
    assertThat(right.rangesOr(target(), TransferProgress.NONE)).isEmpty();
    assertThat(target()).hasBinaryContent(content);
    RemoteFile wrong = file(address("/a"), Optional.empty(), Map.of("sha256", "00"));
    assertThatThrownBy(() -> wrong.write(target(), TransferProgress.NONE))
        .hasMessage(address("/a") + ": its sha256 is " + sha256 + ", expected 00");
  }

  @Test
  void aServerThatDoesNotCountFromTheEndIsAskedForTheSize() throws IOException {
    serve(
        exchange -> {
          if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", String.valueOf(SIZE));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
          } else if (exchange.getRequestHeaders().getFirst("Range").contains("=-")) {
            answer(exchange, 416, new byte[0]);
          } else {
            ranges(exchange, Map.of());
          }
        });
    assertThat(open().orElseThrow().size()).isEqualTo(SIZE);
    assertThat(seen).last().asString().isEqualTo("GET /a bytes=234443-299999");
  }

  @Test
  void aFileThatChangesMeanwhileIsNotPutTogetherOfTwo() {
    serve(exchange -> ranges(exchange, Map.of("ETag", "\"" + seen.size() + "\"")));
    failsWith("changed while it was read");
  }

  @Test
  void aServerThatHoldsToIfRangeSendsTheNewFileWhichIsNotRead() {
    serve(
        exchange -> {
          String known = exchange.getRequestHeaders().getFirst("If-Range");
          if (known == null) {
            ranges(exchange, Map.of("Last-Modified", "Sat, 01 Jan 2022 00:00:00 GMT"));
          } else {
            assertThat(known).isEqualTo("Sat, 01 Jan 2022 00:00:00 GMT");
            answer(exchange, 200, content);
          }
        });
    failsWith("changed while it was read");
  }

  @Test
  void anotherSizeIsAnotherFile() {
    serve(
        exchange ->
            ranges(
                exchange,
                seen.size() == 1 ? Map.of() : Map.of("Content-Range", "bytes 1000-17383/300001")));
    failsWith("changed while it was read");
  }

  @Test
  void anAnswerWithOtherBytesThanThoseAskedForIsRefused() {
    serve(
        exchange ->
            ranges(
                exchange,
                seen.size() == 1 ? Map.of() : Map.of("Content-Range", "bytes 1001-17384/300000")));
    failsWith("answered the bytes 1001 to 17384, asked for 1000 to 17383");
  }

  @Test
  void anAnswerThatDoesNotSayWhichBytesItHoldsIsRefused() {
    serve(exchange -> ranges(exchange, Map.of("Content-Range", "bytes */300000")));
    failsWith("without saying which: Content-Range: bytes */300000");
  }

  @Test
  void anAnswerOfAnotherLengthThanItsRangeIsRefused() {
    serve(exchange -> ranges(exchange, Map.of("Content-Range", "bytes 240000-299999/300000")));
    failsWith("sent more where it stated 60000");
  }

  @Test
  void aPackedAnswerIsRefused() {
    serve(exchange -> ranges(exchange, Map.of("Content-Encoding", "gzip")));
    failsWith("sent with the encoding gzip, which was not asked for");
  }

  @Test
  void aBodyShorterThanItsStatedLengthIsRefused() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> cutShort(socket));
      URI address = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/a");
      RemoteFile file = file(address, Optional.empty(), Map.of());
      assertThatThrownBy(() -> file.write(target(), TransferProgress.NONE))
          .isInstanceOf(RemoteException.class)
          .hasMessageContaining("the connection broke");
    }
  }

  private static void cutShort(ServerSocket socket) {
    try (Socket client = socket.accept();
        OutputStream out = client.getOutputStream()) {
      byte[] request = new byte[1000];
      if (client.getInputStream().read(request) > 0) {
        out.write(
            "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nfew".getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return; // the test sees what comes of it
    }
  }

  @Test
  void aFileThatStatesToBeTooLargeIsNotRead() {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, 5L << 30);
          exchange.getResponseBody().write(content);
        });
    assertThatThrownBy(() -> file().write(target(), TransferProgress.NONE))
        .hasMessageContaining("is larger than 4 GiB");
    assertThat(target()).doesNotExist();
  }

  @Test
  void aServerThatSendsAByteNowAndThenIsGivenUp() throws IOException {
    serve(
        exchange -> {
          exchange.sendResponseHeaders(200, SIZE);
          try (OutputStream out = exchange.getResponseBody()) {
            for (byte b : content) {
              out.write(b);
              out.flush();
              Thread.sleep(20);
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    RemoteFile file = file(address("/a"), Optional.empty(), Map.of(), Duration.ofMillis(300));
    assertThatThrownBy(() -> file.write(target(), TransferProgress.NONE))
        .hasMessageContaining("too few to wait for the rest");
  }

  @Test
  void redirectsStayWithinTheOriginWhereCredentialsAreSent() throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext(
        "/",
        exchange -> {
          seen.add("other " + exchange.getRequestHeaders().getFirst("Authorization"));
          answer(exchange, 200, content);
        });
    other.start();
    String elsewhere = "http://127.0.0.1:" + other.getAddress().getPort();
    serve(
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          exchange
              .getResponseHeaders()
              .set("Location", path.equals("/a") ? "/b" : elsewhere + "/c?signature=x");
          answer(exchange, 302, new byte[0]);
        });
    Optional<RemoteHeader> password = Optional.of(new RemoteHeader("Authorization", "Basic eDp5"));
    RemoteFile secret = file(address("/a"), password, Map.of());
    assertThatThrownBy(() -> secret.write(target(), TransferProgress.NONE))
        .hasMessage(
            address("/a")
                + ": redirects to "
                + elsewhere
                + ", another origin, which must not see the credentials");
    assertThat(seen).containsExactly("GET /a null", "GET /b null");
    file().write(target(), TransferProgress.NONE);
    assertThat(seen).last().asString().isEqualTo("other null");
    other.stop(0);
  }

  @Test
  void nobodyIsAskedWithoutEncryptionUnlessTheUserWantsIt() {
    assertThatThrownBy(
            () ->
                file(URI.create("http://example.invalid/a"), Optional.empty(), Map.of())
                    .write(target(), TransferProgress.NONE))
        .hasMessageContaining("is neither encrypted nor on this machine; --allow-http");
  }

  @Test
  void anAnswerWithoutTheFileSaysWhy() {
    serve(exchange -> answer(exchange, 404, content));
    failsWith("the server answered 404: there is no such file");
  }
}
