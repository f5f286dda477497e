// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

/**
 * What became of a file.
 *
 * @param file the file
 * @param status what became of it
 * @param reason why, in words; empty where nothing is to be said
 * @param tries how often it was sent in this run
 */
public record UploadResult(Distribution file, UploadStatus status, String reason, int tries) {}
