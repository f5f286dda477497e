// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.jwheel.metadata.FormPart;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of PEP 243 that checks the sums and answers by header fields. */
@Timeout(60)
class Pep243Test {
  private static final String PLATFORM = "redhat-7.0-ix86-2.1";

  @TempDir private Path directory;
  private final IndexServer server = new IndexServer();
  private final Uploads uploads = new Uploads(server);
  private final List<List<Form.Part>> forms = new ArrayList<>();
  private final List<String> statuses = new ArrayList<>();
  private int http = 200;

  @AfterEach
  void stop() {
    server.close();
  }

  private void serve() {
    server.handle("/pypi", this::answer);
  }

  private void answer(HttpExchange exchange) throws IOException {
    List<Form.Part> form = Form.read(exchange);
    forms.add(form);
    String status = statuses.isEmpty() ? "SUCCESS" : statuses.remove(0);
    if (!sumsFit(form)) {
      status = "FAILURE";
      exchange.getResponseHeaders().add("X-Swalow-Reason", "a sum does not fit");
    }
    if (!status.isEmpty()) {
      exchange.getResponseHeaders().add("X-Swalow-Status", status);
    }
    IndexServer.answer(exchange, http, "text/html", "");
  }

  private static boolean sumsFit(List<Form.Part> form) {
    return sum(form, "distribution").equals(text(form, "distmd5sum"))
        && sum(form, "pkginfo").equals(text(form, "infomd5sum"));
  }

  private static String sum(List<Form.Part> form, String name) {
    return Digests.hex(Digests.md5().digest(part(form, name).bytes()));
  }

  private static String text(List<Form.Part> form, String name) {
    return part(form, name).text();
  }

  private static Form.Part part(List<Form.Part> form, String name) {
    return form.stream().filter(part -> part.name().equals(name)).findFirst().orElseThrow();
  }

  private Pep243 protocol(String platform, String signature) {
    return new Pep243(
        uploads.transport,
        server.address("/pypi"),
        Optional.empty(),
        platform.isEmpty() ? Optional.empty() : Optional.of(Pep243Platform.parse(platform)),
        signature.isEmpty() ? Optional.empty() : Optional.of(signature),
        InstantSource.system());
  }

  private UploadResult upload() {
    serve();
    uploads.checked = false;
    Distribution file = Uploads.file(directory, "foo-1.0-py3-none-any.whl", "PK");
    return uploads.upload(protocol("", ""), file).results().get(0);
  }

  @Test
  void theFormHasTheFieldsOfThePepInTheirOrder() {
    serve();
    Distribution file = Uploads.file(directory, "foo-1.0-py3-none-any.whl", "PK");
    UploadReport report = uploads.upload(protocol(PLATFORM, "-----BEGIN PGP"), file);
    assertThat(report.isComplete()).isTrue();
    assertThat(forms.get(0))
        .extracting(Form.Part::name)
        .containsExactly(
            "distribution",
            "distmd5sum",
            "pkginfo",
            "infomd5sum",
            "platform",
            "signature",
            "protocol_version");
    assertThat(part(forms.get(0), "distribution").fileName()).contains(file.fileName());
    assertThat(part(forms.get(0), "pkginfo").fileName()).contains("PKG-INFO");
    assertThat(text(forms.get(0), "pkginfo")).isEqualTo(file.metadata());
    assertThat(text(forms.get(0), "platform")).isEqualTo(PLATFORM);
    assertThat(text(forms.get(0), "signature")).isEqualTo("-----BEGIN PGP");
    assertThat(text(forms.get(0), "protocol_version")).isEqualTo("1");
  }

  @Test
  void thePreviewShowsTheFormWithoutTheFile() throws IOException {
    Distribution file = Uploads.file(directory, "foo-1.0-py3-none-any.whl", "PK");
    assertThat(protocol("", "").preview(file))
        .extracting(FormPart::name)
        .containsExactly("distmd5sum", "pkginfo", "infomd5sum", "protocol_version");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404, 500})
  void theHttpStatusDoesNotDecide(int status) {
    http = status;
    assertThat(upload().status()).isEqualTo(UploadStatus.UPLOADED);
  }

  @Test
  void failureIsFinalWithItsReason() {
    statuses.add("FAILURE");
    UploadResult result = upload();
    assertThat(result).extracting("status", "tries").containsExactly(UploadStatus.REFUSED, 1);
    assertThat(result.reason()).isEqualTo("FAILURE: no reason given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRYAGAIN", "", "MAYBE", "success"})
  void everythingElseIsTriedAgain(String status) {
    statuses.add(status);
    assertThat(upload()).extracting("status", "tries").containsExactly(UploadStatus.UPLOADED, 2);
  }

  @Test
  void triesEndAtLast() {
    uploads.maxRetries = 2;
    statuses.addAll(List.of("TRYAGAIN", "TRYAGAIN", "TRYAGAIN"));
    UploadResult result = upload();
    assertThat(result).extracting("status", "tries").containsExactly(UploadStatus.FAILED, 3);
    assertThat(result.reason()).contains("try again later");
  }

  @Test
  void aPlatformIsForBinaryDistributionsOnly() {
    Distribution sdist = Uploads.file(directory, "foo-1.0.tar.gz", "gz");
    assertThat(protocol(PLATFORM, "").objections(sdist)).hasSize(1);
    assertThat(protocol("", "").objections(sdist)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {PLATFORM, "windows-nt-alpha-1.5.2", "hpux-9.04-b-hppa-2.0"})
  void aPlatformHasFourParts(String text) {
    assertThat(Pep243Platform.parse(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "linux-2.2-ix86-2.1, operating systems",
    "redhat-7.0-x86_64-2.1, architectures",
    "redhat-7.0-ix86, expected OS-VERSION",
    "redhat-ix86-2.1, expected OS-VERSION",
    "redhat--ix86-2.1, expected OS-VERSION",
    "redhat-7.0-ix86-, expected OS-VERSION",
    "'', expected OS-VERSION"
  })
  void itsPartsAreInTheListsOfThePep(String text, String problem) {
    assertThatThrownBy(() -> Pep243Platform.parse(text)).hasMessageContaining(problem);
  }
}
