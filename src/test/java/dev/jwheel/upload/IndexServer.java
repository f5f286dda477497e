// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An index on the loopback that keeps what it is given, and fails as a test asks it to. */
public final class IndexServer implements AutoCloseable {

  static {
    // Answers would wait for the client's acknowledgement otherwise, 40 ms each.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private final List<Upload> uploads = new CopyOnWriteArrayList<>();
  private final Map<String, String> files = new ConcurrentHashMap<>();
  private final Map<String, Integer> stored = new ConcurrentHashMap<>();
  private volatile Fault fault = (upload, exchange) -> false;

  /** A request with a form, as it arrived. */
  public record Upload(String path, Map<String, List<String>> headers, List<Form.Part> parts) {

    String text(String name) {
      return parts.stream()
          .filter(part -> part.name().equals(name))
          .map(Form.Part::text)
          .findFirst()
          .orElse("");
    }

    Optional<Form.Part> file(String name) {
      return parts.stream()
          .filter(part -> part.name().equals(name) && part.fileName().isPresent())
          .findFirst();
    }

    public String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** A way to fail. */
  public interface Fault {
    /** Answers in place of the index; false where the index is to answer. */
    boolean fail(Optional<Upload> upload, HttpExchange exchange) throws IOException;
  }

  public IndexServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    server.setExecutor(threads);
    handle("/upload/", this::upload);
    handle("/simple/", this::page);
    server.start();
  }

  public void handle(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try {
            handler.handle(exchange);
          } finally {
            exchange.close();
          }
        });
  }

  public URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /** Fails so from now on. */
  public void failing(Fault next) {
    fault = next;
  }

  /** The forms that arrived whole. */
  public List<Upload> uploads() {
    return uploads;
  }

  /** The SHA-256 of each file that it has. */
  Map<String, String> files() {
    return files;
  }

  /** How often it took a file that it did not have. */
  Map<String, Integer> stored() {
    return stored;
  }

  private void upload(HttpExchange exchange) throws IOException {
    if (fault.fail(Optional.empty(), exchange)) {
      return;
    }
    Upload upload =
        new Upload(
            exchange.getRequestURI().getPath(),
            Map.copyOf(exchange.getRequestHeaders()),
            Form.read(exchange));
    uploads.add(upload);
    if (!fault.fail(Optional.of(upload), exchange)) {
      store(upload, exchange);
    }
  }

  /** As the public index and pypiserver do. */
  void store(Upload upload, HttpExchange exchange) throws IOException {
    String problem = keep(upload);
    if (problem.isEmpty()) {
      answer(exchange, 200, "text/plain", "OK");
    } else {
      answer(exchange, 400, "text/html", "<html><title>400 " + problem + "</title></html>");
    }
  }

  /** Keeps the file and returns nothing, or why not. */
  String keep(Upload upload) throws IOException {
    Form.Part content = upload.file("content").orElseThrow();
    String sha256 = Digests.hex(Digests.sha256().digest(content.bytes()));
    if (!sha256.equals(upload.text("sha256_digest"))) {
      return "The digest supplied does not match a digest calculated from the uploaded file.";
    }
    if (files.putIfAbsent(content.fileName().orElseThrow(), sha256) != null) {
      return "File already exists ('" + content.fileName().get() + "').";
    }
    stored.merge(content.fileName().get(), 1, Integer::sum);
    return "";
  }

  private void page(HttpExchange exchange) throws IOException {
    StringBuilder page = new StringBuilder("<!DOCTYPE html><html><body>");
    files.forEach(
        (name, sha256) ->
            page.append("<a href=\"/f/" + name + "#sha256=" + sha256 + "\">" + name + "</a>\n"));
    answer(exchange, 200, "text/html", page.toString());
  }

  static void answer(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  public static boolean answered(HttpExchange exchange, int status, String body)
      throws IOException {
    answer(exchange, status, "text/plain", body);
    return true;
  }

  public List<String> names() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
