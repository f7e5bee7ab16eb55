package dev.piecrust.hub;

import dev.piecrust.campaign.HubRef;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * The commits that references mean, asked for at most once a minute each: a spec that is written in
 * a browser is looked at with every key.
 */
public final class RecentPins implements UnaryOperator<HubRef> {
  private static final Duration RECENT = Duration.ofMinutes(1);

  private final HubFolders folders;
  private final LongSupplier nanoTime;
  private final Map<HubRef, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(HubRef pinned, long at) {}

  /**
   * Nothing is asked yet.
   *
   * @param folders whose hub is asked
   * @param nanoTime a clock that only goes forward, in nanoseconds
   */
  public RecentPins(HubFolders folders, LongSupplier nanoTime) {
    this.folders = folders;
    this.nanoTime = nanoTime;
  }

  /** The reference at a commit. */
  @Override
  public HubRef apply(HubRef ref) {
    long now = nanoTime.getAsLong();
    Seen last = seen.get(ref);
    if (last == null || now - last.at > RECENT.toNanos()) {
      last = new Seen(folders.hub().pin(ref), now);
      seen.put(ref, last);
    }
    return last.pinned;
  }
}
