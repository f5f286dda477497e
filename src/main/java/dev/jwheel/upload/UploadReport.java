package dev.jwheel.upload;

import java.util.List;

/**
 * What became of all files.
 *
 * @param results a result for each file, in the order in which they were sent
 * @param stopped why files were not sent any more; empty where each had its turn
 */
public record UploadReport(List<UploadResult> results, String stopped) {

  public UploadReport {
    results = List.copyOf(results);
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
