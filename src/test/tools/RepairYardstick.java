// SPDX-License-Identifier: Apache-2.0
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a JDK alone takes for the bytes of a wheel. Prints seconds, without those that the JVM takes to start and to read the wheel.
 *
 * <pre>
 * java RepairYardstick.java deflate WHEEL LEVEL THREADS   each member by one Deflater
 * java RepairYardstick.java inflate WHEEL                 one pass of inflating and SHA-256, one thread
 * </pre>
 */
public final class RepairYardstick {
  private static final int CHUNK = 64 << 10;

  public static void main(String[] arguments) throws Exception {
    if (arguments[0].equals("inflate")) {
      System.out.printf("%.3f%n", inflate(arguments[1]));
    } else {
      System.out.printf("%.3f%n", deflate(contents(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])));
    }
  }

  private static double inflate(String wheel) throws Exception {
    long start = System.nanoTime();
    byte[] buffer = new byte[CHUNK];
    try (ZipFile zip = new ZipFile(wheel)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream content = zip.getInputStream(entry)) {
          for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
            digest.update(buffer, 0, count);
          }
        }
        digest.digest();
      }
    }
    return seconds(start);
  }

  private static List<byte[]> contents(String wheel) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    try (ZipFile zip = new ZipFile(wheel)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        try (InputStream content = zip.getInputStream(entry)) {
          contents.add(content.readAllBytes());
        }
      }
    }
    // The largest first, so that no thread is left alone with one.
    contents.sort((a, b) -> Integer.compare(b.length, a.length));
    return contents;
  }

  private static double deflate(List<byte[]> contents, int level, int count) throws InterruptedException {
    long start = System.nanoTime();
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      threads.add(new Thread(() -> deflateSome(contents, level, next)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return seconds(start);
  }

  private static void deflateSome(List<byte[]> contents, int level, AtomicInteger next) {
    Deflater deflater = new Deflater(level, true);
    byte[] buffer = new byte[CHUNK];
    for (int i = next.getAndIncrement(); i < contents.size(); i = next.getAndIncrement()) {
      deflater.reset();
      deflater.setInput(contents.get(i));
      deflater.finish();
      while (!deflater.finished()) {
        deflater.deflate(buffer);
      }
    }
    deflater.end();
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
