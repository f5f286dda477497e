// SPDX-License-Identifier: Apache-2.0
/** The texts of auditwheel, line by line as its callers look for them. */
@NullMarked
package dev.jwheel.cli.auditwheel;

import org.jspecify.annotations.NullMarked;
