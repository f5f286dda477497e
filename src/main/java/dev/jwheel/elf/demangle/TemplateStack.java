// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.elf.demangle;

import dev.jwheel.elf.demangle.Node.Templated;
import org.jspecify.annotations.Nullable;

/**
 * The templates that template parameters refer to, the innermost first. A substitution can mean a
 * parameter of two different templates, so it shows only where a name is written.
 */
record TemplateStack(Templated template, @Nullable TemplateStack outer) {}
