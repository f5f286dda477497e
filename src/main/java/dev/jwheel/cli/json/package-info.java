// SPDX-License-Identifier: Apache-2.0
/** Results as JSON for machines. */
@NullMarked
package dev.jwheel.cli.json;

import org.jspecify.annotations.NullMarked;
