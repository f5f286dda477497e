// SPDX-License-Identifier: Apache-2.0
import dev.jwheel.audit.MemberScanner;
import dev.jwheel.wheel.WheelArchive;
import dev.jwheel.wheel.zip.ZipMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists what jwheel sees of wheels, for zip_differential.py: for each path on standard input a line
 * of words. The first is {@code !} with a refusal in base64, or {@code =} followed by the files:
 * {@code NAME:SHA256:ELF} with the name in base64 and 1 where the audit looks at an ELF file.
 */
public final class ZipAnswers {
  private ZipAnswers() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(Path.of(line)));
      out.flush();
    }
  }

  private static String answer(Path file) {
    try (WheelArchive wheel = WheelArchive.open(file)) {
      Set<String> elf =
          new MemberScanner(wheel)
              .scan().stream().map(MemberScanner.Scanned::path).collect(Collectors.toSet());
      StringBuilder words = new StringBuilder("=");
      for (ZipMember member : wheel.members()) {
        if (!member.isDirectory()) {
          words.append(' ').append(base64(member.name())).append(':');
          words.append(sha256(wheel, member)).append(elf.contains(member.name()) ? ":1" : ":0");
        }
      }
      return words.toString();
    } catch (IOException e) {
      return "! " + base64(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return "! " + base64("DEFECT " + e);
    }
  }

  private static String sha256(WheelArchive wheel, ZipMember member) throws IOException {
    try (InputStream content = wheel.zip().open(member)) {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(content.readAllBytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
