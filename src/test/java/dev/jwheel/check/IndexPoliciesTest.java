// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jwheel.policy.Policy;
import dev.jwheel.policy.PolicyCatalog;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class IndexPoliciesTest {

  @Test
  void thePoliciesAndTheCheckAgreeOnWhatTheIndexTakes() throws IOException {
    PolicyCatalog catalog = PolicyCatalog.builtIn();
    for (Policy policy : catalog.policies()) {
      assertThat(catalog.meanings().of(policy).index().orElseThrow().architectures())
          .as(policy.name())
          .containsExactlyInAnyOrderElementsOf(
              policy.architectures().stream()
                  .filter(one -> IndexPlatforms.accepts(policy.tag(one).text()))
                  .toList());
    }
  }
}
