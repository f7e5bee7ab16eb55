package dev.piecrust.view;

import dev.piecrust.campaign.CampaignStatus;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works something out about campaigns that have ended: once for each, one at a time, and beside the
 * pages. What failed is tried again when it is asked for again.
 */
final class Ended<V> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ended.class);
  private static final int KEPT = 100;

  private final Function<String, V> work;
  private final Recent<Key, CompletableFuture<V>> known = new Recent<>(KEPT);
  private final ExecutorService thread;

  private record Key(String campaign, Instant endedAt) {}

  /**
   * @param name of the thread
   * @param work by the campaign's id
   */
  Ended(String name, Function<String, V> work) {
    this.work = work;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            });
  }

  /** What is or will be known of a campaign; absent where it has not ended. */
  synchronized Optional<CompletableFuture<V>> of(CampaignStatus status) {
    return status
        .finishedAt()
        .filter(ended -> status.state().ended())
        .map(ended -> known.get(new Key(status.id(), ended), this::begin));
  }

  private CompletableFuture<V> begin(Key key) {
    return CompletableFuture.supplyAsync(() -> work.apply(key.campaign()), thread)
        .whenComplete(
            (value, failure) -> {
              if (failure != null) {
                LOG.info("{} could not be worked out: {}", key.campaign(), failure.getMessage());
                known.forget(key);
              }
            });
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
