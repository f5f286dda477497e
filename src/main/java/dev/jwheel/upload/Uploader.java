// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Uploads files, wheels before source distributions: whoever installs as soon as a release appears
 * gets a wheel. A file that does not fit does not keep the others back; what concerns every file
 * ends the run.
 */
public final class Uploader {
  private final UploadProtocol protocol;
  private final ArrivalCheck arrivals;
  private final UploadJournal journal;
  private final UploadOptions options;
  private final UploadListener listener;

  /**
   * @param arrivals says whether a file has arrived
   * @param journal takes how far the upload is
   */
  public Uploader(
      UploadProtocol protocol,
      ArrivalCheck arrivals,
      UploadJournal journal,
      UploadOptions options,
      UploadListener listener) {
    this.protocol = protocol;
    this.arrivals = arrivals;
    this.journal = journal;
    this.options = options;
    this.listener = listener;
  }

  /** The files in the order in which they are sent. */
  public static List<Distribution> inOrder(List<Distribution> files) {
    List<Distribution> order = new ArrayList<>(files);
    order.sort(Comparator.comparing(Distribution::kind)); // stable
    return order;
  }

  /**
   * Uploads files. The report is true whatever happens: problems with a file, the repository or the
   * journal are part of it.
   *
   * @throws IOException if the session cannot be opened
   * @throws InterruptedException if the thread was interrupted; the journal says how far it was
   */
  public UploadReport upload(List<Distribution> files) throws IOException, InterruptedException {
    List<Distribution> order = inOrder(files);
    List<UploadResult> results = new ArrayList<>();
    String stopped = "";
    try (UploadSession session = protocol.open(order)) {
      for (Distribution file : order) {
        FileUpload upload =
            new FileUpload(session, protocol, arrivals, journal, options, listener, file);
        UploadResult result =
            stopped.isEmpty() ? upload.run() : new UploadResult(file, UploadStatus.NOT_SENT, "", 0);
        results.add(result);
        listener.finished(result);
        if (stopped.isEmpty()) {
          stopped = upload.stopped();
          if (stopped.isEmpty() && options.failFast() && !result.status().isThere()) {
            stopped = "the first file that is not taken ends it (--fail-fast)";
          }
        }
      }
      if (stopped.isEmpty()) {
        stopped = finish(session);
      }
    }
    UploadReport report = new UploadReport(protocol.repository(), results, stopped);
    if (report.isComplete() && stopped.isEmpty()) {
      journal.delete();
    }
    return report;
  }

  private static String finish(UploadSession session) throws IOException, InterruptedException {
    Reply reply = session.finish();
    return reply.verdict() == Reply.Verdict.DONE ? "" : "publishing: " + reply.reason();
  }
}
