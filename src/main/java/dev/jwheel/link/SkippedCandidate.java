// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.link;

/**
 * A file under a wanted name that cannot be the library.
 *
 * <p>The search goes on behind it, so that a report shows what a sound file would give. glibc
 * itself passes over files of another class or machine ({@code open_verify}) and stops at all
 * others; musl takes the first file it can open and stops at a loop of links ({@code path_open}).
 *
 * @param path the file
 * @param reason what is wrong with it
 */
public record SkippedCandidate(String path, String reason) {}
