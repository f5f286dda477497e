// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpTransportTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final int MAX = 1000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/x");
  }

  private void handle(HttpHandler handler) {
    server.createContext("/", handler);
  }

  private static HttpTransport transport(Duration limit, Map<String, String> variables)
      throws IOException {
    return new HttpTransport(
        new Certificates(Optional.empty()),
        new ProxyRules(variables),
        "test",
        limit,
        ExchangeListener.NONE);
  }

  private static RemoteResponse send(RemoteRequest request, Duration limit) throws Exception {
    return transport(limit, Map.of()).send(request, MAX, TransferProgress.NONE);
  }

  private static RemoteException failure(RemoteRequest request, Duration limit) {
    try {
      RemoteResponse response = send(request, limit);
      throw new AssertionError("answered " + response.status());
    } catch (RemoteException e) {
      return e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Bytes made as they are sent. */
  private record Zeros(long length) implements RequestBody {

    @Override
    public InputStream open() {
      return new InputStream() {
        private long left = length;

        @Override
        public int read() {
          return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) {
          int read = (int) Math.min(count, left);
          left -= read;
          return read == 0 ? -1 : read;
        }
      };
    }
  }

  @Test
  void theBodyArrivesWithItsLengthAndTheAnswerComesBack() throws Exception {
    List<String> seen = new ArrayList<>();
    handle(
        exchange -> {
          seen.add(exchange.getRequestHeaders().getFirst("Content-length"));
          seen.add(exchange.getRequestHeaders().getFirst("X-y"));
          seen.add(String.valueOf(exchange.getRequestBody().readAllBytes().length));
          exchange.getResponseHeaders().add("X-Z", "w");
          answer(exchange, 418, "words");
        });
    AtomicLong progress = new AtomicLong();
    RemoteResponse response =
        transport(LONG, Map.of())
            .send(
                RemoteRequest.post(address(), new Zeros(100_000)).with("X-Y", "v"),
                MAX,
                (done, total) -> progress.set(done * 1_000_000 + total));
    assertThat(seen).containsExactly("100000", "v", "100000");
    assertThat(response.status()).isEqualTo(418);
    assertThat(response.header("x-z")).contains("w");
    assertThat(response.text()).isEqualTo("words");
    assertThat(progress).hasValue(100_000L * 1_000_000 + 100_000);
  }

  @Test
  void onlyTheFirstBytesOfAnAnswerAreTaken() throws Exception {
    handle(exchange -> answer(exchange, 200, "x".repeat(5_000_000)));
    RemoteResponse response = send(RemoteRequest.get(address()), LONG);
    assertThat(response.body()).hasSize(MAX);
    assertThat(response.complete()).isFalse();
  }

  @Test
  void anAnswerOfExactlyTheLimitIsWhole() throws Exception {
    handle(exchange -> answer(exchange, 200, "x".repeat(MAX)));
    assertThat(send(RemoteRequest.get(address()), LONG).complete()).isTrue();
  }

  @Test
  void redirectsAreAnswersLikeOthers() throws Exception {
    handle(
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/y");
          answer(exchange, 308, "");
        });
    assertThat(send(RemoteRequest.get(address()), LONG).status()).isEqualTo(308);
  }

  @Test
  void theLimitForAnAnswerBeginsAfterTheLastByte() throws Exception {
    // Taking the body takes longer than the limit, each part of it less.
    handle(
        exchange -> {
          InputStream body = exchange.getRequestBody();
          byte[] buffer = new byte[1 << 20];
          for (int read = body.readNBytes(buffer, 0, buffer.length);
              read > 0;
              read = body.readNBytes(buffer, 0, buffer.length)) {
            pause(125);
          }
          answer(exchange, 200, "");
        });
    Duration limit = Duration.ofSeconds(2); // a busy machine may stop for a second
    long start = System.nanoTime();
    RemoteResponse response = send(RemoteRequest.post(address(), new Zeros(24 << 20)), limit);
    assertThat(response.status()).isEqualTo(200);
    assertThat(System.nanoTime() - start).isGreaterThan(limit.toNanos());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() {
    handle(
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          await();
        });
    RemoteException problem = failure(RemoteRequest.post(address(), new Zeros(10)), SHORT);
    assertThat(problem.kind()).isEqualTo(RemoteException.Kind.BROKEN);
    assertThat(problem).hasMessageContaining("no answer within");
  }

  @Test
  void aServerThatTakesNoMoreIsGivenUp() {
    handle(exchange -> await());
    RemoteException problem = failure(RemoteRequest.post(address(), new Zeros(1L << 30)), SHORT);
    assertThat(problem).hasMessageContaining("took no more");
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The address of a server that sends this text when it has read the head of a request. */
  private URI raw(String text) throws IOException {
    ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    threads.execute(
        () -> {
          try (socket;
              Socket connection = socket.accept()) {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
              head.append((char) in.read());
            }
            heads.add(head.toString());
            connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            await();
          } catch (IOException e) {
            heads.add(e.toString());
          }
        });
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/x");
  }

  @Test
  void noServerIsAskedToContinueBeforeTheBody() throws Exception {
    // Servers that do not know "Expect: 100-continue" would leave the client waiting.
    URI address = raw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
    assertThat(send(RemoteRequest.post(address, new Zeros(10)), LONG).text()).isEqualTo("OK");
    assertThat(heads).hasSize(1);
    assertThat(heads.get(0)).doesNotContainIgnoringCase("expect:");
  }

  @Test
  void theAnswerThatComesBehind100ContinueCounts() throws Exception {
    URI address =
        raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx");
    assertThat(send(RemoteRequest.post(address, new Zeros(10)), LONG).status()).isEqualTo(201);
  }

  @Test
  void anAnswerThatIsCutIsNoAnswer() {
    handle(
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          exchange.getResponseBody().write(1);
          exchange.getResponseBody().flush();
          exchange.close();
        });
    assertThat(failure(RemoteRequest.get(address()), LONG).kind())
        .isEqualTo(RemoteException.Kind.BROKEN);
  }

  @Test
  void aBodyThatCannotBeReadIsNotTheServersFault() {
    handle(
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          answer(exchange, 200, "");
        });
    RequestBody broken =
        new RequestBody() {
          @Override
          public long length() {
            return 100_000;
          }

          @Override
          public InputStream open() {
            return new InputStream() {
              private boolean gone;

              @Override
              public int read() throws IOException {
                throw new IOException("the disk is gone");
              }

              @Override
              public int read(byte[] buffer, int offset, int count) throws IOException {
                if (gone) {
                  return read();
                }
                gone = true;
                return count;
              }
            };
          }
        };
    assertThatThrownBy(() -> send(RemoteRequest.post(address(), broken), LONG))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("the disk is gone");
  }

  @Test
  void aNameThatDoesNotResolveIsNamed() {
    RemoteException problem =
        failure(RemoteRequest.get(URI.create("http://nowhere.invalid/")), LONG);
    assertThat(problem.kind()).isEqualTo(RemoteException.Kind.UNREACHABLE);
    assertThat(problem).hasMessage("nowhere.invalid: the name does not resolve");
  }

  @Test
  void aPortWhereNobodyListensIsNamed() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    RemoteException problem =
        failure(RemoteRequest.get(URI.create("http://127.0.0.1:" + port + "/")), LONG);
    assertThat(problem.kind()).isEqualTo(RemoteException.Kind.NO_CONNECTION);
    assertThat(problem).hasMessageStartingWith("http://127.0.0.1:" + port + ": no connection");
  }

  @Test
  void theProxyOfTheEnvironmentIsAsked() throws Exception {
    List<String> seen = new ArrayList<>();
    handle(
        exchange -> {
          seen.add(exchange.getRequestURI().toString());
          seen.add(exchange.getRequestHeaders().getFirst("Proxy-Authorization"));
          answer(exchange, 204, "");
        });
    Map<String, String> variables =
        Map.of("HTTP_PROXY", "http://me:pw@127.0.0.1:" + address().getPort());
    RemoteResponse response =
        transport(LONG, variables)
            .send(
                RemoteRequest.get(URI.create("http://index.invalid/a")),
                MAX,
                TransferProgress.NONE);
    assertThat(response.status()).isEqualTo(204);
    assertThat(seen).containsExactly("http://index.invalid/a", "Basic bWU6cHc=");
  }

  @Test
  void aProxyThatRefusesIsNamed() throws Exception {
    List<String> seen = new ArrayList<>();
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> refuse(proxy, seen));
      String gate = "127.0.0.1:" + proxy.getLocalPort();
      HttpTransport transport = transport(LONG, Map.of("https_proxy", "http://me:pw@" + gate));
      assertThatThrownBy(
              () ->
                  transport.send(
                      RemoteRequest.get(URI.create("https://index.invalid/")),
                      MAX,
                      TransferProgress.NONE))
          .isInstanceOf(RemoteException.class)
          .hasMessageContaining("the proxy " + gate + " refuses to connect")
          .hasMessageContaining("403");
    }
    assertThat(seen.get(0)).contains("CONNECT index.invalid:443").contains("Basic bWU6cHc=");
  }

  private static void refuse(ServerSocket proxy, List<String> seen) {
    try (Socket socket = proxy.accept();
        OutputStream out = socket.getOutputStream()) {
      byte[] request = new byte[4096];
      int read = socket.getInputStream().read(request);
      seen.add(new String(request, 0, read, StandardCharsets.ISO_8859_1));
      out.write(
          "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"
              .getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      seen.add(e.toString());
    }
  }
}
