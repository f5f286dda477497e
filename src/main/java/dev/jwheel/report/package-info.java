// SPDX-License-Identifier: Apache-2.0
/** Results of checks in the formats of other programs: SARIF, GitLab, JUnit, Markdown, GitHub. */
@NullMarked
package dev.jwheel.report;

import org.jspecify.annotations.NullMarked;
