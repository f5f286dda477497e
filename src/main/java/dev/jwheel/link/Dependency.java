package dev.jwheel.link;

/**
 * One DT_NEEDED entry and what becomes of it.
 *
 * @param needed the entry, byte for byte as {@link dev.jwheel.elf.ElfBinary} gives it
 * @param resolution what the loader makes of it
 */
public record Dependency(String needed, Resolution resolution) {}
