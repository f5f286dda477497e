// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RemoteWheelTest {
  private static final String PURE = "a-1.0-py3-none-any.whl";
  private static final String WINDOWS = "a-1.0-cp311-cp311-win_amd64.whl";
  private static final String OLD = "a-0.9-py3-none-any.whl";
  private static final String BINARY = "b-1-py3-none-any.whl";
  private static final String PASSWORD = "c0rrect-horse";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private boolean givesRanges = true;
  private boolean json;
  private long sent;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/files/", this::serveFile);
    server.createContext("/simple/a/", this::serveIndex);
    server.start();
    files.put(PURE, wheel("a", "1.0", "py3-none-any", 400_000));
    files.put(WINDOWS, wheel("a", "1.0", "cp311-cp311-win_amd64", 10));
    files.put(OLD, wheel("a", "0.9", "py3-none-any", 10));
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static byte[] wheel(String name, String version, String tag, int size)
      throws IOException {
    byte[] noise = new byte[size];
    new Random(3).nextBytes(noise);
    String info = name + "-" + version + ".dist-info/";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (String member :
          List.of(name + ".bin", info + "METADATA", info + "WHEEL", info + "RECORD")) {
        zip.putNextEntry(new ZipEntry(member));
        zip.write(
            member.endsWith(".bin")
                ? noise
                : switch (member.substring(info.length())) {
                  case "METADATA" ->
                      ("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n")
                          .getBytes(UTF_8);
                  case "WHEEL" ->
                      ("Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: " + tag + "\n")
                          .getBytes(UTF_8);
                  default ->
                      (name
                              + ".bin,,\n"
                              + info
                              + "METADATA,,\n"
                              + info
                              + "WHEEL,,\n"
                              + info
                              + "RECORD,,\n")
                          .getBytes(UTF_8);
                });
      }
    }
    return bytes.toByteArray();
  }

  private void serveFile(HttpExchange exchange) throws IOException {
    asked.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    byte[] file = files.get(exchange.getRequestURI().getPath().substring("/files/".length()));
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null || !givesRanges) {
      answer(exchange, 200, file);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-", -1);
    int last = ends[0].isEmpty() ? file.length - 1 : Integer.parseInt(ends[1]);
    int first =
        ends[0].isEmpty()
            ? Math.max(0, file.length - Integer.parseInt(ends[1]))
            : Integer.parseInt(ends[0]);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + first + "-" + last + "/" + file.length);
    answer(exchange, 206, Arrays.copyOfRange(file, first, last + 1));
  }

  private void serveIndex(HttpExchange exchange) throws IOException {
    StringBuilder page = new StringBuilder();
    for (String name : files.keySet()) {
      boolean yanked = name.equals(PURE);
      String hash = sha256(files.get(name));
      page.append(
          json
              ? (page.isEmpty() ? "{\"files\":[" : ",")
                  + "{\"filename\":\""
                  + name
                  + "\",\"url\":\"../../files/"
                  + name
                  + "\",\"hashes\":{\"sha256\":\""
                  + hash
                  + "\"},\"yanked\":"
                  + (yanked ? "\"broken\"" : "false")
                  + "}"
              : "<a href='../../files/"
                  + name
                  + "#sha256="
                  + hash
                  + (yanked ? "' data-yanked='broken'>" : "'>")
                  + name
                  + "</a>\n");
    }
    exchange
        .getResponseHeaders()
        .set("Content-Type", json ? "application/vnd.pypi.simple.v1+json" : "text/html");
    answer(exchange, 200, page.append(json ? "]}" : "").toString().getBytes(UTF_8));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    sent += body.length;
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static CommandRun run(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    return new CommandRun(
        run.status(),
        run.out().replace(System.lineSeparator(), "\n"),
        run.err().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void metadataIsReadInRangesAndTheHashStatedAsUnchecked() {
    String address = base() + "/files/" + PURE;
    CommandRun run = run("metadata", "--field", "Version", address + "#sha256=12");
    assertThat(run.err())
        .isEqualTo(
            address
                + ": 65557 of "
                + files.get(PURE).length
                + " bytes were read, so its sha256 is not checked\n");
    assertThat(run.out()).isEqualTo("1.0\n");
    assertThat(run.status()).isZero();
    assertThat(sent).isEqualTo(65557);
  }

  @Test
  void theWholeFileOfAServerWithoutRangesMustHaveItsHash() throws IOException {
    givesRanges = false;
    String address = base() + "/files/" + PURE;
    String hash = sha256(files.get(PURE));
    CommandRun right = run("metadata", "--field", "Version", address + "#sha256=" + hash);
    assertThat(right.err()).isEmpty();
    assertThat(right.out()).isEqualTo("1.0\n");
    CommandRun wrong = run("metadata", address + "#sha256=12");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualTo("jwheel metadata: " + address + ": its sha256 is " + hash + ", expected 12\n");
    assertThat(leftovers()).isEmpty();
  }

  /** Copies that this test should have taken away. */
  private static List<Path> leftovers() throws IOException {
    List<Path> found = new ArrayList<>();
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(temporary, "jwheel-*")) {
      for (Path directory : directories) {
        if (Files.exists(directory.resolve(PURE))) {
          found.add(directory);
        }
      }
    }
    return found;
  }

  @Test
  void theCredentialsInAnAddressAreUsedAndNeverShown() {
    String address = base().replace("//", "//me:" + PASSWORD + "@") + "/files/none.whl";
    CommandRun run = run("show", address);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "jwheel show: "
                + base()
                + "/files/none.whl: the server answered 404: there is no such file\n");
    String pair = Base64.getEncoder().encodeToString(("me:" + PASSWORD).getBytes(UTF_8));
    assertThat(asked).containsExactly("Basic " + pair);
  }

  @Test
  void aReleaseOfAnIndexInHtmlIsItsFilesAndYankedOnesAreReported() {
    CommandRun run = run("show", "--index-url", base() + "/simple", "A==1");
    assertThat(run.err())
        .isEqualTo(
            "1 wheels for systems other than Linux are left out\n"
                + PURE
                + ": is yanked: broken\n");
    assertThat(run.out()).contains(PURE).doesNotContain(WINDOWS).doesNotContain(OLD);
  }

  @Test
  void aReleaseOfAnIndexInJsonIsCheckedWithAllItsFiles() {
    json = true;
    CommandRun run = run("check", "-q", "--json", "--index-url", base() + "/simple/", "a==1.0");
    assertThat(run.out()).contains(PURE).contains(WINDOWS).doesNotContain(OLD);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isEqualTo(1);
  }

  @Test
  void theIndexCanBeNamedByPipsVariable() {
    CommandRun run =
        CommandRun.in(
            Map.of("PIP_INDEX_URL", base() + "/simple"),
            false,
            "metadata",
            "--field",
            "Version",
            "a==0.9");
    assertThat(run.out().strip()).isEqualTo("0.9");
  }

  @Test
  void thereIsNoIndexUnlessTheUserNamesOne() {
    CommandRun run = run("show", "a==1.0");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "jwheel show: a==1.0: there is no index to ask: name one by --index-url or one of the"
                + " variables JWHEEL_INDEX_URL, PIP_INDEX_URL, UV_DEFAULT_INDEX, UV_INDEX_URL\n");
  }

  @Test
  void aReleaseThatTheIndexDoesNotHaveDoesNotKeepTheOthersFromTheirWork() {
    CommandRun run =
        run("metadata", "--field", "Version", "a==7", "a==0.9", "--index-url", base() + "/simple");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEqualTo("0.9\n");
    assertThat(run.err())
        .startsWith(
            "jwheel metadata: a==7: " + base() + "/simple has no such file; it has the versions")
        .contains("0.9, 1");
  }

  @Test
  void aSystemIsAskedWhichWheelOfAReleaseItTakesByTheirNames() {
    String python = "--python=3.11";
    CommandRun run =
        run("tags", "--accepts", python, "--index-url", base() + "/simple", "-q", "a==1.0");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(PURE).contains(WINDOWS);
    assertThat(run.status()).isZero();
    CommandRun none = run("tags", "--accepts", python, "a==1.0");
    assertThat(none.err()).startsWith("jwheel tags: a==1.0: there is no index to ask");
    assertThat(none.status()).isEqualTo(2);
    assertThat(asked).isEmpty();
  }

  @Test
  void aDamagedWheelIsNamedByItsAddress() {
    files.put(BINARY, new byte[100]);
    String address = base() + "/files/" + BINARY;
    for (String command : List.of("show", "metadata")) {
      assertThat(run(command, address).err())
          .isEqualTo(
              "jwheel "
                  + command
                  + ": "
                  + address
                  + ": is not a zip archive: expected an end of central directory record\n");
    }
  }

  @Test
  void anAddressThatIsNotAFilesNameIsRefused() {
    for (String path : List.of("/simple/a/", "/files/..%2Fx.whl", "/files/x%0A.whl")) {
      CommandRun run = run("show", base() + path);
      assertThat(run.status()).isEqualTo(2);
      assertThat(run.err()).endsWith(": expected an address that ends with .whl or .tar.gz\n");
    }
    assertThat(asked).isEmpty();
  }
}
