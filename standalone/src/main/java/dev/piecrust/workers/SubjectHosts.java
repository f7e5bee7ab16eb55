package dev.piecrust.workers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The subjects whose queues a device takes from. Where it has several, their work has the device in
 * turns.
 */
final class SubjectHosts implements AutoCloseable {
  private final Function<String, AutoCloseable> starts;
  private final Predicate<String> ended;
  private final Map<String, Hosted> hosted = new LinkedHashMap<>();

  private record Hosted(AutoCloseable poll, Set<String> campaigns) {}

  /**
   * @param starts takes work from a queue until that is closed
   * @param ended whether a campaign needs no devices any more
   */
  SubjectHosts(Function<String, AutoCloseable> starts, Predicate<String> ended) {
    this.starts = starts;
    this.ended = ended;
  }

  /** Takes work on the subject of a campaign from now on. */
  synchronized void host(String queue, String campaignId) {
    hosted
        .computeIfAbsent(queue, name -> new Hosted(starts.apply(name), new HashSet<>()))
        .campaigns()
        .add(campaignId);
  }

  /** Takes no more work from these; what is under way ends. */
  synchronized void release(Predicate<String> queues) {
    for (String queue : List.copyOf(hosted.keySet())) {
      if (queues.test(queue)) {
        close(hosted.remove(queue));
      }
    }
  }

  /** Whether it takes from this queue. */
  synchronized boolean has(String queue) {
    return hosted.containsKey(queue);
  }

  /** The queues that it takes from; those that no campaign needs any more are left now. */
  synchronized List<String> queues() {
    release(queue -> hosted.get(queue).campaigns().stream().allMatch(ended));
    return new ArrayList<>(hosted.keySet());
  }

  private static void close(Hosted left) {
    try {
      left.poll().close();
    } catch (Exception e) {
      throw new IllegalStateException("a poll could not be ended", e);
    }
  }

  @Override
  public synchronized void close() {
    release(queue -> true);
  }
}
