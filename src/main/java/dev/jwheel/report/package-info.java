/** Results of checks in the formats of other programs: SARIF, GitLab, JUnit, Markdown, GitHub. */
@NullMarked
package dev.jwheel.report;

import org.jspecify.annotations.NullMarked;
