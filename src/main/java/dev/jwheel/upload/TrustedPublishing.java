// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.jwheel.remote.MultipartForm;
import dev.jwheel.remote.Origin;
import dev.jwheel.remote.RemoteAddress;
import dev.jwheel.remote.RemoteException;
import dev.jwheel.remote.RemoteRequest;
import dev.jwheel.remote.RemoteResponse;
import dev.jwheel.remote.TransferProgress;
import dev.jwheel.remote.Transport;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A token of the repository's for the identity that a build service vouches for (OpenID Connect):
 * GitHub gives it to whoever asks, others put it into a variable.
 */
public final class TrustedPublishing {
  private static final int MAX_ANSWER = 1 << 20;
  private static final String REQUEST_URL = "ACTIONS_ID_TOKEN_REQUEST_URL";
  private static final String REQUEST_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

  private final Transport transport;
  private final URI repository;
  private final Map<String, String> variables;

  /**
   * @param repository the address that files are sent to
   * @param variables the environment variables
   */
  public TrustedPublishing(Transport transport, URI repository, Map<String, String> variables) {
    this.transport = transport;
    this.repository = repository;
    this.variables = Map.copyOf(variables);
  }

  /** Whether this runs where a build service vouches for an identity. */
  public boolean isLikely() {
    return !variable(REQUEST_TOKEN).isEmpty()
        || variables.keySet().stream().anyMatch(name -> name.endsWith("_ID_TOKEN"));
  }

  private String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /**
   * Asks for the token.
   *
   * @return the token; empty where the repository knows nothing of trusted publishing, or nobody
   *     vouches for us
   * @throws IOException if someone refuses; the message shows who we claim to be
   */
  public Optional<Credentials> token() throws IOException, InterruptedException {
    if (!Origin.of(repository).isPrivate()) {
      throw new IOException(
          repository + ": trusted publishing needs https, or everybody could use the token");
    }
    RemoteResponse answer = get(RemoteRequest.get(repository.resolve("/_/oidc/audience")));
    Optional<String> audience = answer.status() == 200 ? member(answer, "audience") : none();
    if (audience.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> identity = identity(audience.get());
    return identity.isEmpty() ? Optional.empty() : Optional.of(mint(identity.get()));
  }

  private static Optional<String> none() {
    return Optional.empty();
  }

  private Optional<String> identity(String audience) throws IOException, InterruptedException {
    String url = variable(REQUEST_URL);
    if (!url.isEmpty() && !variable(REQUEST_TOKEN).isEmpty()) {
      return Optional.of(askGitHub(url, audience));
    }
    String name = variableName(audience);
    return Optional.of(variable(name)).filter(token -> !token.isEmpty());
  }

  /**
   * The variable that holds the token for an audience: in capitals, other characters as {@code _}.
   */
  private static String variableName(String audience) {
    StringBuilder name = new StringBuilder();
    for (char c : audience.toUpperCase(Locale.ROOT).toCharArray()) {
      name.append(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ? c : '_');
    }
    return name + "_ID_TOKEN";
  }

  private String askGitHub(String url, String audience) throws IOException, InterruptedException {
    URI address;
    try {
      String separator = url.indexOf('?') < 0 ? "?" : "&";
      String query = "audience=" + URLEncoder.encode(audience, StandardCharsets.UTF_8);
      address = RemoteAddress.parse(url + separator + query).uri();
    } catch (IllegalArgumentException e) {
      throw new IOException(REQUEST_URL + ": " + e.getMessage(), e);
    }
    RemoteResponse answer =
        get(RemoteRequest.get(address).with("Authorization", "bearer " + variable(REQUEST_TOKEN)));
    Optional<String> token = answer.status() == 200 ? member(answer, "value") : none();
    return token.orElseThrow(
        () ->
            new RemoteException(
                RemoteException.Kind.ODD_ANSWER,
                Origin.of(address)
                    + ": gives no identity token, "
                    + answer.status()
                    + ": "
                    + AnswerText.of(answer)));
  }

  private RemoteResponse get(RemoteRequest request) throws IOException, InterruptedException {
    return transport.send(
        request.with("Accept", "application/json"), MAX_ANSWER, TransferProgress.NONE);
  }

  private Credentials mint(String identity) throws IOException, InterruptedException {
    RemoteRequest request =
        RemoteRequest.post(
                repository.resolve("/_/oidc/mint-token"), MultipartForm.Bytes.of(body(identity)))
            .with("Content-Type", "application/json");
    RemoteResponse answer = get(request);
    Optional<String> token = answer.status() / 100 == 2 ? member(answer, "token") : none();
    if (token.isPresent()) {
      return new Credentials(Credentials.TOKEN_USER, token.get(), "trusted publishing");
    }
    throw new RemoteException(
        RemoteException.Kind.ODD_ANSWER,
        Origin.of(repository)
            + ": refuses trusted publishing, "
            + answer.status()
            + ": "
            + Secrets.of(List.of(identity)).mask(AnswerText.of(answer))
            + IdentityClaims.of(identity));
  }

  private static String body(String identity) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("token", identity);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static Optional<String> member(RemoteResponse answer, String name) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(answer.body())) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = json.currentName().equals(name);
        if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
          return Optional.of(json.getText()).filter(value -> !value.isEmpty());
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
