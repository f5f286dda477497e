// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.util.List;

/**
 * What became of all files.
 *
 * @param repository the address that they were sent to
 * @param results a result for each file, in the order in which they were sent
 * @param stopped why files were not sent any more; empty where each had its turn
 */
public record UploadReport(String repository, List<UploadResult> results, String stopped)
    implements UploadOutcome {

  public UploadReport {
    results = List.copyOf(results);
  }

  /** The report without the texts that must not be shown. */
  public UploadReport masked(Secrets secrets) {
    return new UploadReport(
        repository,
        results.stream()
            .map(
                result ->
                    new UploadResult(
                        result.file(),
                        result.status(),
                        secrets.mask(result.reason()),
                        result.tries()))
            .toList(),
        secrets.mask(stopped));
  }

  /** Whether the repository has every file. */
  public boolean isComplete() {
    return results.stream().allMatch(result -> result.status().isThere());
  }

  /** Whether a file could not be read. */
  public boolean hasUnreadable() {
    return results.stream().anyMatch(result -> result.status() == UploadStatus.UNREADABLE);
  }
}
