// SPDX-License-Identifier: Apache-2.0
/**
 * What a platform tag allows: the policies of {@code policies/*.json} and of the user's own files,
 * and the judgement whether a symbol version, a library or a symbol is within one.
 */
@NullMarked
package dev.jwheel.policy;

import org.jspecify.annotations.NullMarked;
