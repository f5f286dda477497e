// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whose certificates are trusted: those in a file in PEM format that the user names, else the
 * system's, else the runtime's own.
 *
 * @param file the file; none for the runtime's own
 */
public record Certificates(Optional<Path> file) {
  private static final int MAX_BYTES = 16 << 20;

  /** Where systems keep them: Debian, Fedora, SUSE, older Fedora, Alpine and macOS. */
  private static final List<String> SYSTEM =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/cert.pem");

  /**
   * Finds the certificates.
   *
   * @param option the file that the user named on the command line, if any
   * @param variables the environment variables, of which {@code SSL_CERT_FILE} and {@code
   *     TWINE_CERT} name a file
   */
  public static Certificates find(Optional<Path> option, Map<String, String> variables) {
    if (option.isPresent()) {
      return new Certificates(option);
    }
    for (String name : List.of("SSL_CERT_FILE", "TWINE_CERT")) {
      String value = variables.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return new Certificates(Optional.of(Path.of(value)));
      }
    }
    for (String name : SYSTEM) {
      Path path = Path.of(name);
      if (Files.isReadable(path)) {
        return new Certificates(Optional.of(path));
      }
    }
    return new Certificates(Optional.empty());
  }

  /**
   * The means to check servers by them.
   *
   * @throws IOException if the file cannot be read, or holds no certificate
   */
  SSLContext context() throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      if (file.isEmpty()) {
        context.init(null, null, null);
        return context;
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(keyStore(file.get()));
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(place() + "cannot be used for TLS: " + e.getMessage(), e);
    }
  }

  private String place() {
    return file.isPresent() ? file.get() + ": " : "the runtime's certificates: ";
  }

  private static KeyStore keyStore(Path file) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    int number = 0;
    for (Certificate certificate : read(file)) {
      store.setCertificateEntry("certificate-" + number++, certificate);
    }
    if (number == 0) {
      throw new IOException(file + ": holds no certificate, expected some in PEM format");
    }
    return store;
  }

  private static Collection<? extends Certificate> read(Path file)
      throws IOException, GeneralSecurityException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw new IOException(file + ": is longer than 16 MiB, expected certificates");
    }
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificates(new ByteArrayInputStream(bytes));
    } catch (CertificateException e) {
      throw new IOException(
          file + ": does not parse, expected certificates in PEM format: " + e.getMessage(), e);
    }
  }
}
