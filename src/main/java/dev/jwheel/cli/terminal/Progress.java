// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.cli.terminal;

import dev.jwheel.audit.ScanProgress;
import dev.jwheel.wheel.zip.WriteProgress;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How far the work on one wheel is, on standard error: a bar in one line of a terminal, a line now
 * and then elsewhere. Work of less than a second is not worth a word.
 */
public final class Progress implements ScanProgress, WriteProgress, AutoCloseable {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
  private static final long BETWEEN_LINES = TimeUnit.SECONDS.toNanos(5);
  private static final long TICK_MILLIS = 200;
  private static final int BAR = 24;
  private static final int FULL = 100;

  /** No method reference, since linking one would take a start of the program longer. */
  private static final LongSupplier CLOCK =
      new LongSupplier() {
        @Override
        public long getAsLong() {
          return System.nanoTime();
        }
      };

  /** What is being done; a total of 0 means that nobody knows how long it takes. */
  private record State(String activity, long done, long total) {}

  private final PrintStream err;
  private final int width;
  private final String wheel;
  private final LongSupplier clock;
  private final long start;
  private final AtomicBoolean shown;
  private volatile State state = new State("reading", 0, 0);
  private long nextLine;
  private int drawn;
  private boolean closed;
  private @Nullable Thread ticker;

  /**
   * @param width the columns of the terminal; 0 where there is none
   * @param clock the time in nanoseconds
   */
  Progress(PrintStream err, int width, String wheel, LongSupplier clock) {
    this(err, width, wheel, clock, new AtomicBoolean());
  }

  private Progress(
      PrintStream err, int width, String wheel, LongSupplier clock, AtomicBoolean shown) {
    this.shown = shown;
    this.err = err;
    this.width = width;
    this.wheel = wheel;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.nextLine = start + PATIENCE;
  }

  /** Tells nothing. */
  public static Progress silent() {
    return new Progress(System.err, 0, "", CLOCK);
  }

  /** Tells how far the work on a wheel is until it is closed. */
  public static Progress of(Console console, String wheel) {
    return of(console, wheel, new AtomicBoolean());
  }

  /**
   * Tells how far the work on a wheel is until it is closed, unless that of another one is shown.
   *
   * @param shown whether one is, for all that share the line of a terminal
   */
  public static Progress of(Console console, String wheel, AtomicBoolean shown) {
    if (!shown.compareAndSet(false, true)) {
      return silent();
    }
    Progress progress =
        new Progress(
            console.err(), console.errorTerminal() ? console.errorWidth() : 0, wheel, CLOCK, shown);
    progress.startTicking();
    return progress;
  }

  private void startTicking() {
    Thread thread =
        new Thread("progress") {
          @Override
          public void run() {
            keepTicking();
          }
        };
    thread.setDaemon(true);
    thread.start();
    ticker = thread;
  }

  private void keepTicking() {
    try {
      while (true) {
        Thread.sleep(TICK_MILLIS);
        tick();
      }
    } catch (InterruptedException e) {
      return;
    }
  }

  @Override
  public synchronized void scanned(long done, long total) {
    if (done == total) {
      state = new State("auditing", 0, 0);
    } else if (done > state.done) {
      state = new State("reading", done, total);
    }
  }

  /** The wheel has been audited. */
  public void planning() {
    state = new State("planning", 0, 0);
  }

  @Override
  public void advanced(String member, long done, long total) {
    state = done < total ? new State("writing", done, total) : new State("checking", 0, 0);
  }

  /**
   * Some bytes of a file are on their way to a server.
   *
   * @param done the bytes so far
   * @param total all the bytes
   */
  public void transferred(long done, long total) {
    state = done < total ? new State("sending", done, total) : new State("waiting for", 0, 0);
  }

  /** Tells how far it is, if it is time to. */
  synchronized void tick() {
    long now = clock.getAsLong();
    if (closed || now - start < PATIENCE) {
      return;
    }
    if (width > 0) {
      draw(bar(state));
    } else if (now - nextLine >= 0) {
      nextLine = now + BETWEEN_LINES;
      err.println(line(state));
    }
  }

  private void draw(String text) {
    String cut = text.substring(0, Math.min(text.length(), width - 1));
    err.print("\r" + cut + " ".repeat(Math.max(0, drawn - cut.length())));
    err.flush();
    drawn = cut.length();
  }

  private String bar(State now) {
    if (now.total == 0) {
      return now.activity + " " + wheel;
    }
    int filled = (int) (BAR * now.done / now.total);
    return "[" + "#".repeat(filled) + ".".repeat(BAR - filled) + "] " + percent(now) + " " + wheel;
  }

  private String line(State now) {
    String text = now.activity + " " + wheel;
    return now.total == 0 ? text : text + ": " + percent(now).strip() + " of " + size(now.total);
  }

  private static String percent(State now) {
    String number = Long.toString(FULL * now.done / now.total);
    return " ".repeat(Math.max(0, 3 - number.length())) + number + " %";
  }

  private static String size(long bytes) {
    long mebibytes = bytes >> 20;
    return mebibytes > 0 ? mebibytes + " MiB" : (bytes >> 10) + " KiB";
  }

  /** Takes the bar off the terminal. */
  @Override
  public void close() {
    if (ticker != null) {
      ticker.interrupt();
    }
    clear();
    shown.set(false);
  }

  private synchronized void clear() {
    closed = true;
    if (drawn > 0) {
      draw("");
      err.print("\r");
      err.flush();
    }
  }
}
