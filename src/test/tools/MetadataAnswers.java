// SPDX-License-Identifier: Apache-2.0
import dev.jwheel.metadata.CoreMetadata;
import dev.jwheel.metadata.FieldValue;
import dev.jwheel.metadata.LicenseExpression;
import dev.jwheel.metadata.Marker;
import dev.jwheel.metadata.MarkerEnvironment;
import dev.jwheel.metadata.MarkerVariable;
import dev.jwheel.metadata.MetadataFinding;
import dev.jwheel.metadata.MetadataSyntaxException;
import dev.jwheel.metadata.Requirement;
import dev.jwheel.metadata.SpecifierSet;
import dev.jwheel.metadata.UndefinedComparisonException;
import dev.jwheel.wheel.PythonVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Answers questions about metadata, for compare_metadata.py: one a line, a word and its arguments in
 * base64, separated by tabs. An answer is a line of texts in base64; {@code !} is a refusal.
 */
public final class MetadataAnswers {
  private static final Map<MarkerVariable, String> VALUES = values();

  private MetadataAnswers() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split("\t", -1);
      List<String> answer;
      try {
        answer = answer(words);
      } catch (MetadataSyntaxException e) {
        answer = List.of("!");
      } catch (RuntimeException e) {
        answer = List.of("crash: " + e);
      }
      List<String> encoded = new ArrayList<>();
      answer.forEach(text -> encoded.add(Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
      out.println(String.join("\t", encoded));
      out.flush();
    }
  }

  private static List<String> answer(String[] words) throws MetadataSyntaxException {
    return switch (words[0]) {
      case "version" -> version(text(words[1]));
      case "order" -> List.of(String.valueOf(Integer.signum(parsed(words[1]).compareTo(parsed(words[2])))));
      case "specifiers" -> {
        SpecifierSet set = SpecifierSet.parse(text(words[1]));
        yield List.of(set.toString(), String.valueOf(set.contains(text(words[2]))));
      }
      case "requirement" -> List.of(Requirement.parse(text(words[1])).toString());
      case "marker" -> marker(Marker.parse(text(words[1])));
      case "license" -> List.of(LicenseExpression.parse(text(words[1])).toString());
      case "metadata" -> metadata(CoreMetadata.read(Base64.getDecoder().decode(words[1])));
      default -> throw new IllegalArgumentException(words[0]);
    };
  }

  private static String text(String word) {
    return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
  }

  private static PythonVersion parsed(String word) {
    return PythonVersion.parse(text(word)).orElseThrow();
  }

  private static List<String> version(String text) {
    return PythonVersion.parse(text)
        .map(version -> List.of(version.toString(), String.valueOf(version.isPrerelease())))
        .orElse(List.of("!"));
  }

  private static List<String> marker(Marker marker) {
    try {
      return List.of(marker.toString(), String.valueOf(marker.matches(MarkerEnvironment.of(VALUES))));
    } catch (UndefinedComparisonException e) {
      return List.of(marker.toString(), "undefined");
    }
  }

  /** The environment that compare_metadata.py has too. */
  private static Map<MarkerVariable, String> values() {
    Map<MarkerVariable, String> values = new EnumMap<>(MarkerVariable.class);
    values.put(MarkerVariable.IMPLEMENTATION_NAME, "cpython");
    values.put(MarkerVariable.IMPLEMENTATION_VERSION, "3.11.7");
    values.put(MarkerVariable.OS_NAME, "posix");
    values.put(MarkerVariable.PLATFORM_MACHINE, "x86_64");
    values.put(MarkerVariable.PLATFORM_RELEASE, "5.10.0-18-amd64");
    values.put(MarkerVariable.PLATFORM_SYSTEM, "Linux");
    values.put(MarkerVariable.PLATFORM_VERSION, "#1 SMP Debian 5.10.140-1");
    values.put(MarkerVariable.PYTHON_FULL_VERSION, "3.11.7");
    values.put(MarkerVariable.PLATFORM_PYTHON_IMPLEMENTATION, "CPython");
    values.put(MarkerVariable.PYTHON_VERSION, "3.11");
    values.put(MarkerVariable.SYS_PLATFORM, "linux");
    values.put(MarkerVariable.EXTRA, "dev-test");
    return values;
  }

  private static List<String> metadata(CoreMetadata metadata) {
    List<String> answer = new ArrayList<>();
    for (FieldValue value : metadata.json()) {
      answer.add((value.list() ? "list " : "text ") + value.key());
      answer.addAll(value.values().stream().map(text -> "=" + text).toList());
    }
    for (MetadataFinding finding : metadata.findings()) {
      answer.add("finding " + finding.rule().id() + " " + finding.level() + " " + finding.field());
    }
    return answer;
  }
}
