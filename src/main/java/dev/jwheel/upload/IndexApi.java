// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.FormPart;
import dev.jwheel.remote.FormEntry;
import dev.jwheel.remote.MultipartForm;
import dev.jwheel.remote.Origin;
import dev.jwheel.remote.Redirect;
import dev.jwheel.remote.RemoteHeader;
import dev.jwheel.remote.RemoteRequest;
import dev.jwheel.remote.RemoteResponse;
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
 * The upload API of indexes, which every index server speaks: one form a file, published as it
 * arrives.
 */
public final class IndexApi implements UploadProtocol {
  private static final int MAX_REDIRECTS = 5;
  static final int MAX_ANSWER = 1 << 20;

  private final Transport transport;
  private final URI repository;
  private final Optional<RemoteHeader> authorization;
  private final String comment;
  private final InstantSource clock;

  /**
   * @param repository the address that files are sent to
   * @param authorization proves who uploads; sent to the origin of that address only
   * @param comment a comment to each file; empty for none
   * @param clock what time it is, for a server that names one
   */
  public IndexApi(
      Transport transport,
      URI repository,
      Optional<RemoteHeader> authorization,
      String comment,
      InstantSource clock) {
    this.transport = transport;
    this.repository = repository;
    this.authorization = authorization;
    this.comment = comment;
    this.clock = clock;
  }

  @Override
  public String repository() {
    return repository.toString();
  }

  @Override
  public List<String> objections(Distribution file) {
    boolean named =
        switch (file.kind()) {
          case WHEEL -> file.fileName().endsWith(".whl");
          case SDIST -> file.fileName().endsWith(".tar.gz") || file.fileName().endsWith(".zip");
        };
    List<String> objections = new ArrayList<>(file.objections());
    if (!named) {
      objections.add("sdist-kind: an index takes source distributions as .tar.gz and .zip");
    }
    return objections;
  }

  @Override
  public List<FormPart> preview(Distribution file) {
    List<FormPart> fields = new ArrayList<>();
    fields.add(new FormPart(":action", "file_upload"));
    fields.add(new FormPart("protocol_version", "1"));
    fields.add(new FormPart("filetype", file.kind().fileType()));
    fields.add(new FormPart("pyversion", file.pythonTag()));
    fields.add(new FormPart("sha256_digest", file.sha256()));
    fields.addAll(file.fields());
    if (!comment.isEmpty()) {
      fields.add(new FormPart("comment", comment));
    }
    if (!file.attestations().isEmpty()) {
      String list = "[" + String.join(",", file.attestations()) + "]";
      fields.add(new FormPart("attestations", list));
    }
    return fields;
  }

  private MultipartForm form(Distribution file) {
    List<FormEntry> parts = new ArrayList<>();
    for (FormPart field : preview(file)) {
      parts.add(new FormEntry.Text(field.name(), field.value()));
    }
    parts.add(new FormEntry.File("content", file.fileName(), new FileBody(file)));
    return MultipartForm.of(parts);
  }

  @Override
  public UploadSession open(List<Distribution> files) {
    return this::send;
  }

  private Reply send(Distribution file, TransferProgress progress)
      throws IOException, InterruptedException {
    MultipartForm form = form(file);
    RemoteRequest request =
        RemoteRequest.post(repository, form)
            .with("Content-Type", form.contentType())
            .with("Accept", "application/json;q=0.9, text/plain;q=0.8, text/html;q=0.7");
    if (authorization.isPresent()) {
      request = request.with(authorization.get().name(), authorization.get().value());
    }
    for (int redirects = 0; ; redirects++) {
      RemoteResponse response = transport.send(request, MAX_ANSWER, progress);
      Optional<URI> target = Redirect.target(request.address(), response);
      if (target.isEmpty()) {
        return IndexAnswer.of(response, clock.instant());
      }
      Optional<Reply> refusal = refusal(response, target.get(), redirects);
      if (refusal.isPresent()) {
        return refusal.get();
      }
      request = request.to(target.get());
    }
  }

  /** Why a redirect is not followed: credentials and files are for the origin the user named. */
  private Optional<Reply> refusal(RemoteResponse response, URI target, int redirects) {
    String where = response.status() + ": redirects to " + target;
    if (!Origin.of(target).equals(Origin.of(repository))) {
      return wrongAddress(where + ", another origin, where nothing is sent");
    }
    if (!Redirect.keepsMethod(response)) {
      return wrongAddress(where + ", which is a page");
    }
    return redirects < MAX_REDIRECTS
        ? Optional.empty()
        : wrongAddress(where + ", the " + (redirects + 1) + "th redirect in a row");
  }

  private static Optional<Reply> wrongAddress(String reason) {
    return Optional.of(Reply.of(Verdict.WRONG_ADDRESS, reason));
  }
}
