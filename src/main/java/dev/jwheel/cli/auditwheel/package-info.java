/** The texts of auditwheel, line by line as its callers look for them. */
@NullMarked
package dev.jwheel.cli.auditwheel;

import org.jspecify.annotations.NullMarked;
