// SPDX-License-Identifier: Apache-2.0
/** Results as text for people. */
@NullMarked
package dev.jwheel.cli.text;

import org.jspecify.annotations.NullMarked;
