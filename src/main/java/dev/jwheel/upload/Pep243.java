// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.FormPart;
import dev.jwheel.remote.FormEntry;
import dev.jwheel.remote.MultipartForm;
import dev.jwheel.remote.RemoteHeader;
import dev.jwheel.remote.RemoteRequest;
import dev.jwheel.remote.RemoteResponse;
import dev.jwheel.remote.RetryAfter;
import dev.jwheel.remote.TransferProgress;
import dev.jwheel.remote.Transport;
import dev.jwheel.upload.Reply.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The upload mechanism of PEP 243: one form a file, and an answer in header fields. The HTTP status
 * decides nothing.
 *
 * @see <a href="https://peps.python.org/pep-0243/">PEP 243</a>
 */
public final class Pep243 implements UploadProtocol {
  private static final String STATUS = "X-Swalow-Status";
  private static final String REASON = "X-Swalow-Reason";
  private static final int MAX_REASON = 400;

  private final Transport transport;
  private final URI repository;
  private final Optional<RemoteHeader> authorization;
  private final Optional<Pep243Platform> platform;
  private final Optional<String> signature;
  private final InstantSource clock;

  /**
   * @param repository the address that files are sent to
   * @param authorization proves who uploads, where the server wants to know
   * @param platform the platform that the files are for; binary distributions only
   * @param signature an OpenPGP signature of the file, in ASCII; then there is one file only
   * @param clock what time it is, for a server that names one
   */
  public Pep243(
      Transport transport,
      URI repository,
      Optional<RemoteHeader> authorization,
      Optional<Pep243Platform> platform,
      Optional<String> signature,
      InstantSource clock) {
    this.transport = transport;
    this.repository = repository;
    this.authorization = authorization;
    this.platform = platform;
    this.signature = signature;
    this.clock = clock;
  }

  @Override
  public String repository() {
    return repository.toString();
  }

  @Override
  public List<String> objections(Distribution file) {
    return platform.isPresent() && file.kind() == DistributionKind.SDIST
        ? List.of("is a source distribution, PEP 243 gives a platform to binary ones only")
        : List.of();
  }

  @Override
  public List<FormPart> preview(Distribution file) throws IOException {
    List<FormPart> fields = new ArrayList<>();
    for (FormEntry part : parts(file)) {
      if (part instanceof FormEntry.Text text) {
        fields.add(new FormPart(text.name(), text.value()));
      } else if (part.name().equals("pkginfo")) {
        fields.add(new FormPart("pkginfo", file.metadata()));
      }
    }
    return fields;
  }

  /** In the order of the PEP's "Sample Form". */
  private List<FormEntry> parts(Distribution file) throws IOException {
    MultipartForm.Bytes metadata = MultipartForm.Bytes.of(file.metadata());
    List<FormEntry> parts = new ArrayList<>();
    parts.add(new FormEntry.File("distribution", file.fileName(), new FileBody(file)));
    parts.add(new FormEntry.Text("distmd5sum", Digests.ofFile(file.path(), Digests.md5())));
    parts.add(new FormEntry.File("pkginfo", "PKG-INFO", metadata));
    parts.add(
        new FormEntry.Text("infomd5sum", Digests.hex(Digests.md5().digest(metadata.bytes()))));
    if (platform.isPresent() && file.kind() == DistributionKind.WHEEL) {
      parts.add(new FormEntry.Text("platform", platform.get().text()));
    }
    if (signature.isPresent()) {
      parts.add(new FormEntry.Text("signature", signature.get()));
    }
    parts.add(new FormEntry.Text("protocol_version", "1"));
    return parts;
  }

  @Override
  public UploadSession open(List<Distribution> files) {
    return this::send;
  }

  private Reply send(Distribution file, TransferProgress progress)
      throws IOException, InterruptedException {
    MultipartForm form = MultipartForm.of(parts(file));
    RemoteRequest request =
        RemoteRequest.post(repository, form).with("Content-Type", form.contentType());
    if (authorization.isPresent()) {
      request = request.with(authorization.get().name(), authorization.get().value());
    }
    return reply(transport.send(request, IndexApi.MAX_ANSWER, progress));
  }

  private Reply reply(RemoteResponse response) {
    String status = response.header(STATUS).orElse("").strip();
    String reason = response.header(REASON).orElse("").strip();
    String shown = reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason;
    return switch (status) {
      case "SUCCESS" -> new Reply(Verdict.DONE, shown, Optional.empty());
      case "FAILURE" -> Reply.of(Verdict.REFUSED, "FAILURE: " + orNone(shown));
      case "TRYAGAIN" -> later(response, "TRYAGAIN: " + orNone(shown));
      default -> later(response, oddStatus(response, status));
    };
  }

  private Reply later(RemoteResponse response, String reason) {
    return new Reply(Verdict.LATER, reason, RetryAfter.of(response, clock.instant()));
  }

  private static String orNone(String reason) {
    return reason.isEmpty() ? "no reason given" : reason;
  }

  /** "It should be treated as a temporary failure" (PEP 243, "Return Data"). */
  private static String oddStatus(RemoteResponse response, String status) {
    String found =
        status.isEmpty()
            ? "no " + STATUS
            : STATUS + ": " + status.substring(0, Math.min(status.length(), MAX_REASON));
    return "answered "
        + response.status()
        + " with "
        + found
        + ", expected SUCCESS, FAILURE or TRYAGAIN";
  }
}
