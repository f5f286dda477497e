// SPDX-License-Identifier: Apache-2.0
/**
 * Core metadata (PEP 241 to 794): specifiers, requirements, markers, licence expressions, the
 * fields of every metadata version, what is wrong with them, and their JSON and form keys.
 */
@NullMarked
package dev.jwheel.metadata;

import org.jspecify.annotations.NullMarked;
