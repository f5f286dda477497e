// SPDX-License-Identifier: Apache-2.0
/**
 * Options that are not on the command line: those that environment variables stand in for, and the
 * configuration file of a project.
 */
@NullMarked
package dev.jwheel.cli.config;

import org.jspecify.annotations.NullMarked;
