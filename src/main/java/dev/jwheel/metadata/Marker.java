// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.metadata;

import java.util.List;

/** An environment marker (PEP 508): says for which environments and extras a requirement counts. */
public final class Marker {
  private final Node root;
  private final List<String> extras;

  /**
   * @param extras the extras that the comparisons name, as they are written
   */
  Marker(Node root, List<String> extras) {
    this.root = root;
    this.extras = List.copyOf(extras);
  }

  /** A part of a marker. */
  sealed interface Node {}

  /** A comparison. */
  record Comparison(MarkerOperand left, String operator, MarkerOperand right) implements Node {
    @Override
    public String toString() {
      return left + " " + operator + " " + right;
    }
  }

  /**
   * Parts joined by operators; {@code and} binds more closely.
   *
   * @param operators {@code and} or {@code or}, one between each two parts
   */
  record Group(List<Node> parts, List<String> operators) implements Node {
    Group {
      parts = List.copyOf(parts);
      operators = List.copyOf(operators);
    }
  }

  /**
   * Reads a marker.
   *
   * @throws MetadataSyntaxException if it is not one, or nested more deeply than installers read
   */
  public static Marker parse(String text) throws MetadataSyntaxException {
    TextScanner scanner = new TextScanner(text);
    Marker marker = new MarkerParser(scanner).marker();
    scanner.expectEnd("the end of the marker, and, or or");
    return marker;
  }

  /**
   * Whether the marker is true of an environment.
   *
   * @throws UndefinedComparisonException if PEP 508 does not say what a comparison in it means
   */
  public boolean matches(MarkerEnvironment environment) throws UndefinedComparisonException {
    return matches(root, environment);
  }

  private static boolean matches(Node node, MarkerEnvironment environment)
      throws UndefinedComparisonException {
    if (node instanceof Comparison comparison) {
      return environment.matches(comparison);
    }
    Group group = (Group) node;
    boolean any = false;
    boolean all = matches(group.parts().get(0), environment);
    for (int i = 0; i < group.operators().size(); i++) {
      boolean next = matches(group.parts().get(i + 1), environment);
      if (group.operators().get(i).equals("or")) {
        any |= all;
        all = next;
      } else {
        all &= next;
      }
    }
    return any || all;
  }

  /** The extras that the marker names, as they are written. */
  List<String> extras() {
    return extras;
  }

  private static void append(Node node, boolean outermost, StringBuilder text) {
    Node inner = node;
    while (inner instanceof Group wrapper && wrapper.parts().size() == 1) {
      inner = wrapper.parts().get(0);
    }
    if (!(inner instanceof Group group)) {
      text.append(inner);
      return;
    }
    text.append(outermost ? "" : "(");
    append(group.parts().get(0), false, text);
    for (int i = 0; i < group.operators().size(); i++) {
      text.append(' ').append(group.operators().get(i)).append(' ');
      append(group.parts().get(i + 1), false, text);
    }
    text.append(outermost ? "" : ")");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Marker marker && toString().equals(marker.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** The marker with its extras normalised, double quotes, and only the parentheses it needs. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    append(root, true, text);
    return text.toString();
  }
}
