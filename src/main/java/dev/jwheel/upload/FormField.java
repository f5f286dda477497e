package dev.jwheel.upload;

/**
 * A field of the metadata as a form carries it.
 *
 * @param name the form's key, such as {@code requires_dist}; a list has its key several times
 * @param value the text
 */
public record FormField(String name, String value) {}
