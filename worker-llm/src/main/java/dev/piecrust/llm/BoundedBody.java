package dev.piecrust.llm;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a length, and gives up where it is longer. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private static final long MOST_BYTES = 8L << 20;

  private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
  private Flow.@Nullable Subscription subscription;
  private long read;

  @Override
  public CompletionStage<byte[]> getBody() {
    return bytes.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    bytes.onSubscribe(given);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    read += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (read <= MOST_BYTES) {
      bytes.onNext(buffers);
    } else if (subscription != null) {
      subscription.cancel();
      bytes.onError(new IOException("the answer is longer than %d bytes".formatted(MOST_BYTES)));
    }
  }

  @Override
  public void onError(Throwable e) {
    bytes.onError(e);
  }

  @Override
  public void onComplete() {
    bytes.onComplete();
  }
}
