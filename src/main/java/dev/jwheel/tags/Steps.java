// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.tags;

import java.util.ArrayList;
import java.util.List;

/** Takes down what is found out, in order. */
final class Steps {
  private final List<Step> steps = new ArrayList<>();

  void add(String subject, String value, String source) {
    steps.add(new Step(subject, value, source));
  }

  List<Step> taken() {
    return List.copyOf(steps);
  }
}
