// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A simple index: the pages that list the files of projects, in JSON (PEP 691) or HTML (PEP 503).
 *
 * @see <a href="https://peps.python.org/pep-0503/">PEP 503</a>
 */
public final class SimpleIndex {
  private static final int MAX_PAGE = 32 << 20;
  private static final int MAX_REDIRECTS = 5;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String ACCEPT =
      "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2,"
          + " text/html;q=0.1";

  private final Transport transport;
  private final URI base;
  private final Optional<RemoteHeader> authorization;

  /**
   * @param base the address of the index, below which each project has its page
   * @param authorization proves to the index who asks; sent to the origin of the base only
   */
  public SimpleIndex(Transport transport, URI base, Optional<RemoteHeader> authorization) {
    this.transport = transport;
    this.base = base;
    this.authorization = authorization;
  }

  /**
   * The files of a project; empty where the index does not have the project.
   *
   * @throws RemoteException if there is no answer, or one that is not a page of an index
   */
  public List<SimpleFile> files(String project) throws IOException, InterruptedException {
    return page(project).files();
  }

  /**
   * The page of a project; without files where the index does not have the project.
   *
   * @throws RemoteException if there is no answer, or one that is not a page of an index
   */
  public SimplePage page(String project) throws IOException, InterruptedException {
    Answer answer = answer(address(project));
    return new SimplePage(answer.address(), files(answer.response()));
  }

  private List<SimpleFile> files(RemoteResponse response) throws IOException {
    if (response.status() == NOT_FOUND) {
      return List.of();
    }
    String type = response.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (response.status() != OK || !response.complete()) {
      throw odd(response.complete() ? "answered " + response.status() : "its page is too long");
    }
    try {
      return type.contains("json")
          ? SimpleJson.parse(response.body())
          : SimpleHtml.parse(response.text());
    } catch (JsonProcessingException e) {
      throw odd("its page is not JSON: " + e.getOriginalMessage());
    }
  }

  private RemoteException odd(String problem) {
    return new RemoteException(RemoteException.Kind.ODD_ANSWER, base + ": " + problem);
  }

  private URI address(String project) {
    String path = base.getRawPath();
    String directory = path.endsWith("/") ? path : path + "/";
    String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
    return base.resolve(directory + normalized(project) + "/" + query);
  }

  /** A project's name as it stands in addresses (PEP 503, "Normalized Names"). */
  private static String normalized(String name) {
    StringBuilder normal = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean separator = c == '-' || c == '_' || c == '.';
      if (!separator) {
        normal.append(Character.toLowerCase(c));
      } else if (normal.length() == 0 || normal.charAt(normal.length() - 1) != '-') {
        normal.append('-');
      }
    }
    return URLEncoder.encode(normal.toString(), StandardCharsets.UTF_8);
  }

  /** An answer, and the address that gave it. */
  private record Answer(URI address, RemoteResponse response) {}

  private Answer answer(URI first) throws IOException, InterruptedException {
    URI address = first;
    for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      RemoteRequest request =
          RemoteRequest.get(address).with("Accept", ACCEPT).with("Cache-Control", "no-cache");
      if (authorization.isPresent()) {
        request = request.with(authorization.get().name(), authorization.get().value());
      }
      RemoteResponse response = transport.send(request, MAX_PAGE, TransferProgress.NONE);
      Optional<URI> target = Redirect.target(address, response);
      if (target.isEmpty()) {
        return new Answer(address, response);
      }
      if (!Origin.of(target.get()).equals(Origin.of(base))) {
        throw odd("redirects to " + Origin.of(target.get()) + ", which is another origin");
      }
      address = target.get();
    }
    throw odd("redirects more than " + MAX_REDIRECTS + " times");
  }
}
