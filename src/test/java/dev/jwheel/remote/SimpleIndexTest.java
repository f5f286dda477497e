// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimpleIndexTest {
  private static final RemoteHeader PASSWORD = new RemoteHeader("Authorization", "Basic eA==");
  private final List<RemoteRequest> requests = new ArrayList<>();

  private static RemoteResponse answer(int status, String type, String body) {
    return new RemoteResponse(
        status, Map.of("content-type", List.of(type)), body.getBytes(StandardCharsets.UTF_8), true);
  }

  private static RemoteResponse redirect(String location) {
    return new RemoteResponse(302, Map.of("location", List.of(location)), new byte[0], true);
  }

  private List<SimpleFile> files(RemoteResponse... answers) throws Exception {
    List<RemoteResponse> left = new ArrayList<>(List.of(answers));
    Transport transport =
        (request, max, progress) -> {
          requests.add(request);
          return left.remove(0);
        };
    URI base = URI.create("http://127.0.0.1:1/root/simple");
    return new SimpleIndex(transport, base, Optional.of(PASSWORD)).files("Foo__Bar.baz");
  }

  @Test
  void aPageInHtmlListsItsAnchors() throws Exception {
    List<SimpleFile> files =
        files(
            answer(
                200,
                "text/html; charset=utf-8",
                """
                <!DOCTYPE html><html><head><title>a</title></head><body><!-- <a href="no.whl">-->
                <A class=x href="../../f/foo-1.0%2Bx.whl#sha256=AB12&amp;x=y"
                   data-requires-python="&gt;=3.8" data-yanked>foo</A>
                <abbr href="no">x</abbr><a name="top">x</a><a href='foo-2.tar.gz?q=1'>foo</a>
                """));
    assertThat(files)
        .containsExactly(
            new SimpleFile(
                "foo-1.0+x.whl",
                "../../f/foo-1.0%2Bx.whl",
                Map.of("sha256", "ab12", "x", "y"),
                ">=3.8",
                Optional.of("")),
            new SimpleFile("foo-2.tar.gz", "foo-2.tar.gz?q=1", Map.of(), "", Optional.empty()));
  }

  @Test
  void aPageInJsonListsItsFiles() throws Exception {
    List<SimpleFile> files =
        files(
            answer(
                200,
                "application/vnd.pypi.simple.v1+json",
                """
                {"meta": {"api-version": "1.1"}, "name": "foo", "versions": ["1"],
                 "files": [{"filename": "a.whl", "url": "/a.whl", "hashes": {"sha256": "AB"},
                            "size": 1, "core-metadata": {"sha256": "x"},
                            "requires-python": ">=3", "yanked": "bad"},
                           {"filename": "b.whl", "url": "/b.whl", "hashes": {}, "yanked": false}]}
                """));
    assertThat(files)
        .containsExactly(
            new SimpleFile("a.whl", "/a.whl", Map.of("sha256", "ab"), ">=3", Optional.of("bad")),
            new SimpleFile("b.whl", "/b.whl", Map.of(), "", Optional.empty()));
  }

  @Test
  void theNameIsNormalizedInTheAddress() throws Exception {
    assertThat(files(answer(404, "text/plain", ""))).isEmpty();
    assertThat(requests.get(0).address())
        .hasToString("http://127.0.0.1:1/root/simple/foo-bar-baz/");
  }

  @Test
  void aRedirectIsFollowedWithinTheOrigin() throws Exception {
    assertThat(files(redirect("/else/"), answer(200, "text/html", "<a href=x.whl>"))).hasSize(1);
    assertThat(requests.get(1).headers()).contains(PASSWORD);
  }

  @Test
  void aRedirectToAnotherOriginIsNotFollowed() {
    assertThatThrownBy(() -> files(redirect("http://127.0.0.1:2/")))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("http://127.0.0.1:2");
    assertThat(requests).hasSize(1);
  }

  @Test
  void redirectsInACircleEnd() {
    RemoteResponse[] circle = new RemoteResponse[9];
    java.util.Arrays.fill(circle, redirect("/else/"));
    assertThatThrownBy(() -> files(circle)).isInstanceOf(RemoteException.class);
  }

  @Test
  void aPageThatIsNotJsonIsReported() {
    assertThatThrownBy(() -> files(answer(200, "application/json", "{\"files\": [{")))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("not JSON");
  }

  @Test
  void aPageThatIsCutIsNotReadAsWhole() {
    assertThatThrownBy(() -> files(new RemoteResponse(200, Map.of(), new byte[] {'<', 'a'}, false)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too long");
  }
}
