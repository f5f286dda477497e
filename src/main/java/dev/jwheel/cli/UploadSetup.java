// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import dev.jwheel.cli.terminal.Console;
import dev.jwheel.remote.Certificates;
import dev.jwheel.remote.HttpTransport;
import dev.jwheel.remote.Origin;
import dev.jwheel.remote.ProxyRules;
import dev.jwheel.remote.RemoteAddress;
import dev.jwheel.remote.RemoteHeader;
import dev.jwheel.remote.SimpleIndex;
import dev.jwheel.remote.Transport;
import dev.jwheel.upload.ArrivalCheck;
import dev.jwheel.upload.CredentialFinder;
import dev.jwheel.upload.Credentials;
import dev.jwheel.upload.Distribution;
import dev.jwheel.upload.IndexApi;
import dev.jwheel.upload.Pep243;
import dev.jwheel.upload.Pep243Platform;
import dev.jwheel.upload.Pypirc;
import dev.jwheel.upload.RepositoryFinder;
import dev.jwheel.upload.RetryPolicy;
import dev.jwheel.upload.Secrets;
import dev.jwheel.upload.TrustedPublishing;
import dev.jwheel.upload.UploadJournal;
import dev.jwheel.upload.UploadOptions;
import dev.jwheel.upload.UploadProtocol;
import dev.jwheel.upload.Uploader;
import dev.jwheel.upload.Waiter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Makes of the command line and the environment what an upload needs. */
final class UploadSetup {
  private static final int MAX_RETRIES = 5;
  private static final int MAX_SIGNATURE = 1 << 20;

  private final Console console;
  private final InputStream in;
  private final Arguments arguments;
  private final UploadArguments options;
  private final RepositoryFinder finder;
  private final RepositoryFinder.Target target;
  private final Optional<RemoteAddress> checkUrl;
  private Secrets secrets = Secrets.none();

  /**
   * @throws IOException if {@code .pypirc} cannot be read
   */
  UploadSetup(Console console, InputStream in, Arguments arguments, UploadArguments options)
      throws IOException {
    this.console = console;
    this.in = in;
    this.arguments = arguments;
    this.options = options;
    String home = console.variable("HOME");
    Path directory = Path.of(home.isEmpty() ? System.getProperty("user.home", "") : home);
    this.finder = new RepositoryFinder(console.variables(), directory);
    try {
      this.target =
          finder.find(options.url.value(), options.repository.value(), options.config.value());
      String check =
          options.checkUrl.value().isEmpty() ? finder.checkUrl() : options.checkUrl.value();
      this.checkUrl = check.isEmpty() ? Optional.empty() : Optional.of(RemoteAddress.parse(check));
    } catch (IllegalArgumentException e) {
      throw arguments.wrongUsage(String.valueOf(e.getMessage()));
    }
    if (!List.of("automatic", "always", "never").contains(options.trustedPublishing.value())) {
      throw arguments.wrongUsage("--trusted-publishing: expected automatic, always or never");
    }
    hide(target.address());
    checkUrl.ifPresent(this::hide);
  }

  private void hide(RemoteAddress address) {
    if (address.username().isPresent()) {
      String password = address.password().orElse("");
      Credentials inside = new Credentials(address.username().get(), password, "address");
      secrets = secrets.and(Secrets.of(inside));
    }
  }

  /** What must not be shown, as far as it is known by now. */
  Secrets secrets() {
    return secrets;
  }

  /** The protocol, for looking at: it sends nothing. */
  UploadProtocol described() throws IOException {
    Transport none =
        (request, max, progress) -> {
          throw new IOException("nothing is to be sent");
        };
    return protocol(none, Optional.empty());
  }

  private UploadProtocol protocol(Transport transport, Optional<Credentials> credentials)
      throws IOException {
    Optional<RemoteHeader> authorization = credentials.map(Credentials::authorization);
    return switch (options.protocol.value()) {
      case "index" -> {
        if (!options.platform.value().isEmpty() || !options.signature.value().isEmpty()) {
          throw arguments.wrongUsage("--platform and --signature are for --protocol pep243");
        }
        yield new IndexApi(
            transport,
            target.address().uri(),
            authorization,
            options.comment.value(),
            InstantSource.system());
      }
      case "pep243" ->
          new Pep243(
              transport,
              target.address().uri(),
              authorization,
              platform(),
              signature(),
              InstantSource.system());
      default -> throw arguments.wrongUsage("--protocol: expected index or pep243");
    };
  }

  private Optional<Pep243Platform> platform() {
    try {
      return options.platform.value().isEmpty()
          ? Optional.empty()
          : Optional.of(Pep243Platform.parse(options.platform.value()));
    } catch (IllegalArgumentException e) {
      throw arguments.wrongUsage("--platform: " + e.getMessage());
    }
  }

  private Optional<String> signature() throws IOException {
    if (options.signature.value().isEmpty()) {
      return Optional.empty();
    }
    if (options.files.value().size() > 1) {
      throw arguments.wrongUsage(
          "--signature is for one file, not for " + options.files.value().size());
    }
    Path path = Path.of(options.signature.value());
    if (Files.size(path) > MAX_SIGNATURE) {
      throw new IOException(path + ": is longer than 1 MiB, expected an OpenPGP signature");
    }
    return Optional.of(Files.readString(path));
  }

  /** Whoever uploads, with everything that it needs; asks for credentials, maybe over HTTP. */
  Uploader uploader(List<Distribution> files, UploadWatch watch)
      throws IOException, InterruptedException {
    UploadJournal journal = journal(files);
    Optional<String> certificates =
        options
            .certificates
            .given()
            .or(() -> target.section().flatMap(Pypirc.Repository::certificates));
    Transport transport =
        new HttpTransport(
            Certificates.find(certificates.map(Path::of), console.variables()),
            new ProxyRules(console.variables()),
            "jwheel/" + Version.text(),
            HttpTransport.ANSWER_LIMIT,
            watch);
    Optional<Credentials> credentials = credentials(transport);
    if (credentials.isPresent()) {
      secrets = secrets.and(Secrets.of(credentials.get()));
      watch.hide(secrets);
      watch.credentials(credentials.get(), Origin.of(target.address().uri()));
    }
    int retries = options.maxRetries.given().orElse(MAX_RETRIES);
    if (retries < 0) {
      throw arguments.wrongUsage("--max-retries: expected a number from 0 on");
    }
    return new Uploader(
        protocol(transport, credentials),
        new ArrivalCheck(index(transport, credentials)),
        journal,
        new UploadOptions(
            new RetryPolicy(retries, () -> ThreadLocalRandom.current().nextDouble()),
            Waiter.REAL,
            options.skipExisting.value(),
            options.failFast.value()),
        watch);
  }

  private UploadJournal journal(List<Distribution> files) throws IOException {
    if (options.noJournal.value()) {
      return UploadJournal.none();
    }
    String named = options.journal.value();
    return UploadJournal.open(
        named.isEmpty() ? files.get(0).path().resolveSibling(UploadJournal.NAME) : Path.of(named));
  }

  private Optional<SimpleIndex> index(Transport transport, Optional<Credentials> credentials) {
    if (checkUrl.isEmpty()) {
      return Optional.empty();
    }
    RemoteAddress address = checkUrl.get();
    boolean sameOrigin = Origin.of(address.uri()).equals(Origin.of(target.address().uri()));
    Optional<Credentials> own =
        address
            .password()
            .map(password -> new Credentials(address.username().orElse(""), password, "address"));
    return Optional.of(
        new SimpleIndex(
            transport,
            address.uri(),
            own.or(() -> sameOrigin ? credentials : Optional.empty())
                .map(Credentials::authorization)));
  }

  private Optional<Credentials> credentials(Transport transport)
      throws IOException, InterruptedException {
    String mode = options.trustedPublishing.value();
    TrustedPublishing publishing =
        new TrustedPublishing(transport, target.address().uri(), console.variables());
    if (mode.equals("always")) {
      return Optional.of(
          publishing
              .token()
              .orElseThrow(
                  () ->
                      new IOException(
                          target
                              + ": no trusted publishing: the repository does not know it, or"
                              + " no build service vouches for us")));
    }
    Optional<Credentials> found =
        new CredentialFinder(given(), console.variables(), target.section(), finder.netrc())
            .find(target.address().uri().getHost());
    return found.isPresent() || mode.equals("never") || !publishing.isLikely()
        ? found
        : publishing.token();
  }

  private CredentialFinder.Given given() throws IOException {
    return new CredentialFinder.Given(
        options.username.given(),
        options.passwordStdin.value()
            ? Optional.of(CredentialFinder.passwordOf(in))
            : Optional.empty(),
        options.passwordCommand.given(),
        target.address().username(),
        target.address().password());
  }
}
