// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.cli.terminal.Progress;
import dev.jwheel.io.Printable;
import dev.jwheel.remote.ExchangeListener;
import dev.jwheel.remote.Origin;
import dev.jwheel.remote.RemoteHeader;
import dev.jwheel.remote.RemoteRequest;
import dev.jwheel.remote.RemoteResponse;
import dev.jwheel.remote.TransferProgress;
import dev.jwheel.upload.Credentials;
import dev.jwheel.upload.Distribution;
import dev.jwheel.upload.Secrets;
import dev.jwheel.upload.UploadListener;
import dev.jwheel.upload.UploadResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reports on standard error how an upload goes, and with --verbose every request. */
final class UploadWatch implements UploadListener, ExchangeListener, AutoCloseable {
  private static final double MILLIS = 1000;

  private final Console console;
  private final boolean silent;
  private final boolean verbose;
  private Secrets secrets;
  private Progress progress = Progress.silent();

  /**
   * @param secrets what must not be shown
   * @param silent whether to report nothing about progress
   * @param verbose whether to report each request
   */
  UploadWatch(Console console, Secrets secrets, boolean silent, boolean verbose) {
    this.console = console;
    this.secrets = secrets;
    this.silent = silent;
    this.verbose = verbose;
  }

  /** Hides more. */
  void hide(Secrets more) {
    secrets = more;
  }

  /** Name and password are known now. */
  void credentials(Credentials credentials, Origin origin) {
    if (credentials.source().equals("trusted publishing")
        && console.variable("GITHUB_ACTIONS").equals("true")) {
      // GitHub hides in its logs whatever it is given so, this line too.
      console.err().println("::add-mask::" + credentials.password());
    }
    detail("user " + credentials.username() + ", password from " + credentials.source());
    if (!silent && !origin.isPrivate()) {
      message(origin + " is not encrypted: everybody on the way can read the password");
    }
  }

  private void message(String text) {
    console.message(secrets.mask(text));
  }

  private void detail(String text) {
    if (verbose) {
      message(text);
    }
  }

  @Override
  public TransferProgress sending(Distribution file, int attempt) {
    progress.close();
    progress = silent ? Progress.silent() : Progress.of(console, Printable.of(file.fileName()));
    return progress::transferred;
  }

  @Override
  public void waiting(Distribution file, String reason, Duration wait) {
    progress.close();
    if (!silent) {
      message(file.fileName() + ": " + reason + "; again in " + seconds(wait));
    }
  }

  @Override
  public void finished(UploadResult result) {
    progress.close();
    if (!silent && result.tries() > 0) {
      message(result.file().fileName() + ": " + result.status().text());
    }
  }

  private static String seconds(Duration time) {
    return Math.round(time.toMillis() / MILLIS * 10) / 10.0 + " s";
  }

  @Override
  public void sending(RemoteRequest request) {
    String size = request.body().map(body -> " (" + body.length() + " bytes)").orElse("");
    detail("> " + request.method() + " " + request.address() + size);
    for (RemoteHeader header : request.headers()) {
      detail(">   " + header);
    }
  }

  @Override
  public void answered(RemoteRequest request, RemoteResponse response, Duration time) {
    detail("< " + response.status() + " after " + seconds(time));
    for (Map.Entry<String, List<String>> entry : response.headers().entrySet()) {
      for (String value : entry.getValue()) {
        detail("<   " + new RemoteHeader(entry.getKey(), value));
      }
    }
  }

  @Override
  public void failed(RemoteRequest request, IOException problem, Duration time) {
    detail("< nothing after " + seconds(time) + ": " + ErrorMessages.of(problem));
  }

  @Override
  public void close() {
    progress.close();
  }
}
