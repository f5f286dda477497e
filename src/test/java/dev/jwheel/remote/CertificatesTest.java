// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CertificatesTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir private static Path directory;
  private static HttpsServer server;
  private static Path pem;

  @BeforeAll
  static void start() throws Exception {
    Path store = directory.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=test",
                    "-ext",
                    "SAN=ip:127.0.0.1",
                    "-storetype",
                    "PKCS12",
                    "-storepass",
                    new String(PASSWORD),
                    "-alias",
                    "server",
                    "-keystore",
                    store.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(keytool.getInputStream().readAllBytes());
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(output).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    pem = directory.resolve("ca.pem");
    Files.writeString(
        pem,
        "# ours\n-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  private static RemoteResponse get(Certificates certificates, String host) throws Exception {
    HttpTransport transport =
        new HttpTransport(
            certificates, ProxyRules.none(), "test", Duration.ofSeconds(20), ExchangeListener.NONE);
    URI address = URI.create("https://" + host + ":" + server.getAddress().getPort() + "/");
    return transport.send(RemoteRequest.get(address), 100, TransferProgress.NONE);
  }

  @Test
  void aServerIsTrustedByTheFileThatTheUserNames() throws Exception {
    Certificates byOption = Certificates.find(Optional.of(pem), Map.of());
    assertThat(get(byOption, "127.0.0.1").status()).isEqualTo(204);
    Certificates byVariable =
        Certificates.find(Optional.empty(), Map.of("TWINE_CERT", pem.toString()));
    assertThat(get(byVariable, "127.0.0.1").status()).isEqualTo(204);
  }

  @Test
  void anUnknownCertificateDoesNotVerify() {
    assertThatThrownBy(() -> get(Certificates.find(Optional.empty(), Map.of()), "127.0.0.1"))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("its certificate does not verify")
        .extracting(problem -> ((RemoteException) problem).kind())
        .isEqualTo(RemoteException.Kind.UNTRUSTED);
  }

  @Test
  void aCertificateForAnotherNameDoesNotVerify() {
    assertThatThrownBy(() -> get(new Certificates(Optional.of(pem)), "localhost"))
        .isInstanceOf(RemoteException.class)
        .hasMessageContaining("its certificate does not verify")
        .hasMessageContaining("localhost");
  }

  @Test
  void theOptionGoesBeforeTheVariables() {
    Map<String, String> variables = Map.of("SSL_CERT_FILE", "/a", "TWINE_CERT", "/b");
    assertThat(Certificates.find(Optional.of(pem), variables).file()).contains(pem);
    assertThat(Certificates.find(Optional.empty(), variables).file()).contains(Path.of("/a"));
  }

  @Test
  void aFileWithoutCertificatesIsRefused() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "");
    assertThatThrownBy(() -> get(new Certificates(Optional.of(empty)), "127.0.0.1"))
        .hasMessageContaining("empty.pem: ");
  }
}
