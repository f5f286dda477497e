// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.upload;

import dev.jwheel.remote.RemoteException;
import dev.jwheel.remote.TransferProgress;
import dev.jwheel.upload.UploadJournal.State;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * The upload of one file, as often as it takes. Before it is sent the index is asked whether it is
 * there, and before it is sent again whether it arrived after all: an answer that is lost says
 * nothing about the file.
 */
final class FileUpload {
  private final UploadSession session;
  private final ArrivalCheck arrivals;
  private final UploadJournal journal;
  private final UploadOptions options;
  private final UploadListener listener;
  private final Distribution file;
  private final UploadJournal.Key key;
  private int tries;
  private String stopped = "";

  FileUpload(
      UploadSession session,
      UploadProtocol protocol,
      ArrivalCheck arrivals,
      UploadJournal journal,
      UploadOptions options,
      UploadListener listener,
      Distribution file) {
    this.session = session;
    this.arrivals = arrivals;
    this.journal = journal;
    this.options = options;
    this.listener = listener;
    this.file = file;
    this.key = new UploadJournal.Key(protocol.repository(), file.fileName(), file.sha256());
  }

  /** Why no other file is to be sent; empty where the others have their turn. */
  String stopped() {
    return stopped;
  }

  UploadResult run() throws InterruptedException {
    Optional<State> before = journal.state(key);
    if (before.equals(Optional.of(State.THERE))) {
      return result(UploadStatus.ALREADY_THERE, "by the journal of an earlier run");
    }
    try {
      // A run that was killed left it half sent, or sent without an answer.
      Optional<UploadResult> known =
          arrived(before.isPresent() ? "sent in an earlier run" : "the same bytes");
      if (known.isEmpty()) {
        journal.set(key, State.SENDING);
        known = Optional.of(send());
      }
      journal.set(key, known.get().status().isThere() ? State.THERE : State.NOT_THERE);
      return known.get();
    } catch (LocalFileException e) {
      return unreadable(e);
    } catch (IOException e) {
      stopped = "the journal cannot be written: " + e.getMessage();
      return result(UploadStatus.FAILED, stopped);
    }
  }

  /** Nothing was taken of it: its end was not sent. */
  private UploadResult unreadable(LocalFileException problem) {
    try {
      journal.set(key, State.NOT_THERE);
    } catch (IOException e) {
      stopped = "the journal cannot be written: " + e.getMessage();
    }
    return result(UploadStatus.UNREADABLE, String.valueOf(problem.getMessage()));
  }

  private UploadResult send() throws IOException, InterruptedException {
    while (true) {
      Reply reply = sendOnce();
      Optional<UploadResult> last = last(reply);
      if (last.isPresent()) {
        return last.get();
      }
      boolean again = tries <= options.retries().maxRetries();
      if (again) {
        Duration wait = options.retries().pause(tries, reply.pause());
        listener.waiting(file, reply.reason(), wait);
        options.waiter().await(wait);
      }
      Optional<UploadResult> known = arrived("although the answer was " + quoted(reply.reason()));
      if (known.isPresent()) {
        return known.get();
      }
      if (!again) {
        return result(UploadStatus.FAILED, reply.reason() + "; try again later" + doubt());
      }
    }
  }

  private String doubt() {
    return arrivals.isPossible()
        ? ""
        : " (it may have arrived all the same: --check-url would say)";
  }

  private static String quoted(String reason) {
    return "\"" + reason + "\"";
  }

  private Reply sendOnce() throws IOException, InterruptedException {
    tries++;
    TransferProgress progress = listener.sending(file, tries);
    try {
      return session.send(file, progress);
    } catch (RemoteException e) {
      String reason = String.valueOf(e.getMessage());
      switch (e.kind()) {
        case UNREACHABLE, UNTRUSTED -> stopped = reason;
        case NO_CONNECTION -> {
          if (tries > options.retries().maxRetries()) {
            stopped = reason;
          }
        }
        default -> {
          // the next try may do better
        }
      }
      return Reply.of(Reply.Verdict.LATER, reason);
    }
  }

  /** The result that a reply decides; empty where it decides nothing. */
  private Optional<UploadResult> last(Reply reply) throws InterruptedException {
    boolean refusal = !stopped.isEmpty() || reply.verdict().isRefusal();
    // An earlier try may have arrived without an answer.
    Optional<UploadResult> known =
        refusal && tries > 1 ? arrived("by an earlier try") : Optional.empty();
    if (!stopped.isEmpty()) {
      return Optional.of(known.orElse(result(UploadStatus.FAILED, stopped)));
    }
    return switch (reply.verdict()) {
      case LATER -> Optional.empty();
      case DONE -> Optional.of(result(UploadStatus.UPLOADED, reply.reason()));
      case EXISTS -> Optional.of(existing(reply));
      case REFUSED -> Optional.of(known.orElse(result(UploadStatus.REFUSED, reply.reason())));
      case DENIED -> {
        stopped = "the repository does not let us in: " + reply.reason();
        yield Optional.of(known.orElse(result(UploadStatus.FAILED, reply.reason())));
      }
      case WRONG_ADDRESS -> {
        stopped = "files are not taken at this address: " + reply.reason();
        yield Optional.of(known.orElse(result(UploadStatus.FAILED, reply.reason())));
      }
    };
  }

  private UploadResult existing(Reply reply) throws InterruptedException {
    Arrival arrival = arrivals.of(file);
    return switch (arrival.state()) {
      case SAME ->
          tries > 1
              ? result(UploadStatus.UPLOADED, "by an earlier try")
              : result(UploadStatus.ALREADY_THERE, "the same bytes");
      case DIFFERENT -> different(arrival);
      case ABSENT -> unknown(reply.reason() + " (and the index does not list it)");
      case UNKNOWN -> unknown(reply.reason() + " (" + arrival.detail() + ")");
    };
  }

  private UploadResult unknown(String reason) {
    return result(options.skipExisting() ? UploadStatus.SKIPPED : UploadStatus.REFUSED, reason);
  }

  /** The result where the index lists the file; empty where it does not, or cannot be asked. */
  private Optional<UploadResult> arrived(String circumstance) throws InterruptedException {
    if (!arrivals.isPossible()) {
      return Optional.empty();
    }
    Arrival arrival = arrivals.of(file);
    return switch (arrival.state()) {
      case SAME ->
          Optional.of(
              tries > 0
                  ? result(UploadStatus.UPLOADED, circumstance)
                  : result(UploadStatus.ALREADY_THERE, circumstance));
      case DIFFERENT -> Optional.of(different(arrival));
      case ABSENT, UNKNOWN -> Optional.empty();
    };
  }

  private UploadResult different(Arrival arrival) {
    return result(
        UploadStatus.REFUSED,
        "another file of this name is there: sha256 "
            + arrival.detail()
            + " there, "
            + file.sha256()
            + " here");
  }

  private UploadResult result(UploadStatus status, String reason) {
    return new UploadResult(file, status, reason, tries);
  }
}
