// SPDX-License-Identifier: Apache-2.0
/** Uploading distributions: protocols, credentials, trying again, and the journal of a run. */
@NullMarked
package dev.jwheel.upload;

import org.jspecify.annotations.NullMarked;
