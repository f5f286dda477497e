// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TrustedPublishingTest {
  private static final String CLAIMS =
      "{\"sub\":\"repo:me/foo\",\"workflow\":\"release\",\"jti\":\"private\"}";
  private static final String IDENTITY =
      "head."
          + Base64.getUrlEncoder().encodeToString(CLAIMS.getBytes(StandardCharsets.UTF_8))
          + ".s";

  private final IndexServer server = new IndexServer();
  private final Uploads uploads = new Uploads(server);
  private final List<String> requests = new ArrayList<>();
  private int mintStatus = 200;

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve() {
    server.handle(
        "/_/oidc/audience", exchange -> json(exchange, 200, "{\"audience\":\"my-index\"}"));
    server.handle(
        "/_/oidc/mint-token",
        exchange ->
            json(
                exchange,
                mintStatus,
                mintStatus == 200 ? "{\"token\":\"t0ken\"}" : "{\"message\":\"no publisher\"}"));
    server.handle("/github", exchange -> json(exchange, 200, "{\"value\":\"" + IDENTITY + "\"}"));
  }

  private void json(HttpExchange exchange, int status, String text) throws IOException {
    requests.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    IndexServer.answer(exchange, status, "application/json", text);
  }

  private Optional<Credentials> token(Map<String, String> variables)
      throws IOException, InterruptedException {
    return new TrustedPublishing(uploads.transport, server.address("/upload/"), variables).token();
  }

  private Map<String, String> github() {
    return Map.of(
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        server.address("/github?x=y").toString(),
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
        "abc");
  }

  @Test
  void githubVouchesForAWorkflow() throws Exception {
    serve();
    assertThat(token(github()))
        .contains(new Credentials("__token__", "t0ken", "trusted publishing"));
    assertThat(requests)
        .containsExactly(
            "/_/oidc/audience null ",
            "/github?x=y&audience=my-index bearer abc ",
            "/_/oidc/mint-token null {\"token\":\"" + IDENTITY + "\"}");
  }

  @Test
  void othersPutTheTokenIntoAVariable() throws Exception {
    serve();
    assertThat(token(Map.of("MY_INDEX_ID_TOKEN", IDENTITY))).isPresent();
    assertThat(token(Map.of("OTHER_ID_TOKEN", IDENTITY))).isEmpty();
  }

  @Test
  void aRepositoryThatKnowsNothingOfItGivesNoToken() throws Exception {
    assertThat(token(github())).isEmpty();
  }

  @Test
  void aRefusalShowsWhoWeClaimToBe() {
    serve();
    mintStatus = 422;
    assertThatThrownBy(() -> token(github()))
        .hasMessageContaining("422: no publisher")
        .hasMessageContaining("sub repo:me/foo, workflow release")
        .message()
        .doesNotContain("private")
        .doesNotContain(IDENTITY);
  }

  @Test
  void noTokenTravelsUnencrypted() {
    TrustedPublishing publishing =
        new TrustedPublishing(uploads.transport, URI.create("http://index.invalid/"), github());
    assertThatThrownBy(publishing::token).hasMessageContaining("needs https");
  }
}
