/**
 * Changing ELF: what is wanted in, the byte ranges that change out; stripping; and the verifier
 * that every change must satisfy.
 */
@NullMarked
package dev.jwheel.elf.edit;

import org.jspecify.annotations.NullMarked;
