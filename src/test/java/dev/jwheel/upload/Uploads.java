// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.metadata.FormPart;
import dev.jwheel.remote.Certificates;
import dev.jwheel.remote.ExchangeListener;
import dev.jwheel.remote.HttpTransport;
import dev.jwheel.remote.ProxyRules;
import dev.jwheel.remote.RemoteHeader;
import dev.jwheel.remote.SimpleIndex;
import dev.jwheel.remote.TransferProgress;
import dev.jwheel.remote.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Uploads to a server of the test's own, with waits that take no time. */
final class Uploads {
  static final Credentials ME = new Credentials("me", "s3cret-word", "test");

  final IndexServer server;
  final List<String> waits = new ArrayList<>();
  final Transport transport;
  int maxRetries = 5;
  boolean skipExisting;
  boolean failFast;
  boolean checked = true;
  UploadJournal journal = UploadJournal.none();

  Uploads(IndexServer server) {
    this(server, Duration.ofSeconds(20));
  }

  Uploads(IndexServer server, Duration answerLimit) {
    this.server = server;
    try {
      this.transport =
          new HttpTransport(
              new Certificates(Optional.empty()),
              ProxyRules.none(),
              "test",
              answerLimit,
              ExchangeListener.NONE);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** A distribution of the given bytes; what is in it is not looked at by what is tested here. */
  static Distribution file(Path directory, String name, String content) {
    return file(directory, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Distribution file(Path directory, String name, byte[] content) {
    try {
      Path path = Files.write(directory.resolve(name), content);
      boolean wheel = name.endsWith(".whl");
      return new Distribution(
          path,
          name,
          wheel ? DistributionKind.WHEEL : DistributionKind.SDIST,
          content.length,
          Digests.hex(Digests.sha256().digest(content)),
          "foo",
          wheel ? "py3" : "source",
          "Metadata-Version: 2.1\nName: foo\nVersion: 1.0\n",
          List.of(
              new FormPart("metadata_version", "2.1"),
              new FormPart("name", "foo"),
              new FormPart("version", "1.0"),
              new FormPart("classifiers", "A :: B"),
              new FormPart("classifiers", "C :: Ä")),
          List.of(),
          List.of());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  UploadProtocol indexApi() {
    return new IndexApi(
        transport,
        server.address("/upload/"),
        Optional.of(ME.authorization()),
        "",
        InstantSource.system());
  }

  UploadReport upload(Distribution... files) {
    return upload(indexApi(), files);
  }

  UploadReport upload(UploadProtocol protocol, Distribution... files) {
    Optional<RemoteHeader> authorization = Optional.of(ME.authorization());
    Optional<SimpleIndex> index =
        checked
            ? Optional.of(new SimpleIndex(transport, server.address("/simple/"), authorization))
            : Optional.empty();
    RetryPolicy retries = new RetryPolicy(maxRetries, () -> 0.5);
    UploadOptions options =
        new UploadOptions(
            retries, wait -> waits.add(wait.toMillis() + " ms"), skipExisting, failFast);
    try {
      return new Uploader(protocol, new ArrivalCheck(index), journal, options, new Silent())
          .upload(List.of(files));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Silent implements UploadListener {
    @Override
    public TransferProgress sending(Distribution file, int attempt) {
      return TransferProgress.NONE;
    }

    @Override
    public void waiting(Distribution file, String reason, Duration wait) {}

    @Override
    public void finished(UploadResult result) {}
  }
}
