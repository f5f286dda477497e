// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.audit;

import java.util.List;

/** What an audit ends with. */
public sealed interface AuditOutcome permits AuditReport, NotPlatformWheel {

  /** The wheel's file name. */
  String wheel();

  /** Everything that was found, in a fixed order. */
  List<Finding> findings();
}
