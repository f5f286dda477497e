// SPDX-License-Identifier: Apache-2.0
package dev.jwheel.remote;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes the first bytes of an answer and lets the rest go. */
final class BoundedBody implements BodySubscriber<BoundedBody.Content> {
  private final int max;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<Content> content = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  /** The bytes, and whether they are all. */
  record Content(byte[] bytes, boolean complete) {}

  BoundedBody(int max) {
    this.max = max;
  }

  @Override
  public CompletionStage<Content> getBody() {
    return content;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    if (subscription != null) {
      given.cancel();
      return;
    }
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      int count = Math.min(buffer.remaining(), max - bytes.size());
      byte[] chunk = new byte[count];
      buffer.get(chunk);
      bytes.writeBytes(chunk);
      if (buffer.hasRemaining()) {
        end(false);
        return;
      }
    }
  }

  private void end(boolean complete) {
    if (!complete && subscription != null) {
      subscription.cancel();
    }
    content.complete(new Content(bytes.toByteArray(), complete));
  }

  @Override
  public void onError(Throwable problem) {
    content.completeExceptionally(problem);
  }

  @Override
  public void onComplete() {
    end(true);
  }
}
