/** Which package of a Linux distribution owns a file, and its package URL. */
@NullMarked
package dev.jwheel.distro;

import org.jspecify.annotations.NullMarked;
