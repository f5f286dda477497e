// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

/**
 * How to upload.
 *
 * @param retries how often and when a file is sent again
 * @param waiter lets time pass
 * @param skipExisting whether a file of the same name is enough where nobody knows its bytes
 * @param failFast whether the first file that is not taken ends the upload
 */
public record UploadOptions(
    RetryPolicy retries, Waiter waiter, boolean skipExisting, boolean failFast) {}
