// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Requests by {@code java.net.http}, which is loaded with this class and not before. It speaks
 * HTTP/1.1, keeps no cookies, follows no redirect and sends credentials only as header fields that
 * it is given.
 */
public final class HttpTransport implements Transport, StreamTransport {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(30);

  /** How long a server may neither take a byte of a request nor answer it. */
  public static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private final HttpClient client;
  private final ProxyRules proxies;
  private final String userAgent;
  private final Duration answerLimit;
  private final ExchangeListener listener;

  /**
   * @param certificates whose certificates are trusted
   * @param proxies which proxies to go through
   * @param userAgent what servers are to know this program as
   * @param answerLimit how long a server may neither take a byte nor answer
   * @param listener sees each request
   * @throws IOException if the certificates cannot be read
   */
  public HttpTransport(
      Certificates certificates,
      ProxyRules proxies,
      String userAgent,
      Duration answerLimit,
      ExchangeListener listener)
      throws IOException {
    allowTunnelsWithPassword();
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .proxy(new Selector(proxies))
            .sslContext(certificates.context())
            .build();
    this.proxies = proxies;
    this.userAgent = userAgent;
    this.answerLimit = answerLimit;
    this.listener = listener;
  }

  /** The runtime withholds passwords from proxies that tunnel TLS unless this property is set. */
  private static void allowTunnelsWithPassword() {
    String name = "jdk.http.auth.tunneling.disabledSchemes";
    if (System.getProperty(name) == null) {
      System.setProperty(name, "");
    }
  }

  @Override
  public RemoteResponse send(RemoteRequest request, int maxBody, TransferProgress progress)
      throws IOException, InterruptedException {
    SentBody body = new SentBody(request.body(), progress);
    long start = System.nanoTime();
    listener.sending(request);
    try {
      RemoteResponse response = response(request, body, maxBody);
      listener.answered(request, response, since(start));
      return response;
    } catch (IOException e) {
      IOException problem = body.problem().orElse(e);
      listener.failed(request, problem, since(start));
      throw problem;
    } finally {
      body.close();
    }
  }

  @Override
  public RemoteStream stream(RemoteRequest request) throws IOException, InterruptedException {
    SentBody body = new SentBody(request.body(), TransferProgress.NONE);
    long start = System.nanoTime();
    listener.sending(request);
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(
            httpRequest(request, body),
            info ->
                new BodyStream(
                    Origin.of(request.address()).toString(),
                    answerLimit,
                    problem ->
                        TransportFailure.of(problem, request.address(), proxy(request.address()))));
    boolean answered = false;
    try {
      HttpResponse<InputStream> response = await(answer, request, body);
      RemoteResponse head =
          new RemoteResponse(response.statusCode(), headers(response), new byte[0], false);
      listener.answered(request, head, since(start));
      answered = true;
      return new RemoteStream(head, response.body());
    } catch (IOException e) {
      listener.failed(request, e, since(start));
      throw e;
    } finally {
      if (!answered) {
        answer.cancel(true);
      }
      body.close();
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private RemoteResponse response(RemoteRequest request, SentBody body, int maxBody)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<BoundedBody.Content>> answer =
        client.sendAsync(httpRequest(request, body), info -> new BoundedBody(maxBody));
    try {
      HttpResponse<BoundedBody.Content> response = await(answer, request, body);
      return new RemoteResponse(
          response.statusCode(),
          headers(response),
          response.body().bytes(),
          response.body().complete());
    } finally {
      answer.cancel(true);
    }
  }

  /** Waits as long as bytes are taken, and for a while after the last. */
  private <T> HttpResponse<T> await(
      CompletableFuture<HttpResponse<T>> answer, RemoteRequest request, SentBody body)
      throws IOException, InterruptedException {
    while (true) {
      long left = answerLimit.toNanos() - (System.nanoTime() - body.lastTaken());
      if (left <= 0) {
        throw new RemoteException(RemoteException.Kind.BROKEN, noAnswer(request, body));
      }
      try {
        return answer.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        // A byte may have been taken meanwhile.
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        throw TransportFailure.of(cause, request.address(), proxy(request.address()));
      }
    }
  }

  private String noAnswer(RemoteRequest request, SentBody body) {
    String limit = answerLimit.toSeconds() + " s";
    return body.isTaken()
        ? Origin.of(request.address()) + ": no answer within " + limit
        : Origin.of(request.address()) + ": took no more of the file for " + limit;
  }

  private Optional<String> proxy(URI address) {
    return proxies.proxyFor(address).map(server -> server.host() + ":" + server.port());
  }

  private HttpRequest httpRequest(RemoteRequest request, SentBody body) throws IOException {
    try {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(request.address()).header("User-Agent", userAgent);
      for (RemoteHeader header : request.headers()) {
        builder.header(header.name(), header.value());
      }
      proxies
          .proxyFor(request.address())
          .flatMap(ProxyRules.Server::authorization)
          .ifPresent(value -> builder.header("Proxy-Authorization", value));
      return builder.method(request.method(), publisher(request, body)).build();
    } catch (IllegalArgumentException e) {
      throw new RemoteException(RemoteException.Kind.UNREACHABLE, String.valueOf(e.getMessage()));
    }
  }

  private static BodyPublisher publisher(RemoteRequest request, SentBody body) {
    if (request.body().isEmpty()) {
      return BodyPublishers.noBody();
    }
    long length = request.body().get().length();
    return length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(body::open), length);
  }

  private static Map<String, List<String>> headers(HttpResponse<?> response) {
    Map<String, List<String>> headers = new TreeMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values));
    return headers;
  }

  /** Asks the rules for each address. */
  private static final class Selector extends ProxySelector {
    private final ProxyRules rules;

    Selector(ProxyRules rules) {
      this.rules = rules;
    }

    @Override
    public List<Proxy> select(URI uri) {
      Optional<ProxyRules.Server> server = rules.proxyFor(uri);
      return server.isEmpty()
          ? List.of(Proxy.NO_PROXY)
          : List.of(
              new Proxy(
                  Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(server.get().host(), server.get().port())));
    }

    @Override
    public void connectFailed(
        @Nullable URI uri, @Nullable SocketAddress address, @Nullable IOException problem) {}
  }
}
