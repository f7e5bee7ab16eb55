package dev.piecrust.workers;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The subjects whose queues a device takes from. Where it has several, their work has the device in
 * turns.
 */
final class SubjectHosts implements AutoCloseable {
  private final Function<String, AutoCloseable> starts;
  private final Predicate<String> ended;
  private final Predicate<String> paused;
  private final Map<String, Hosted> hosted = new LinkedHashMap<>();

  private record Hosted(AutoCloseable poll, Set<String> campaigns) {}

  /**
   * @param starts takes work from a queue until that is closed
   * @param ended whether a campaign needs no devices any more
   * @param paused whether it needs none for now
   */
  SubjectHosts(
      Function<String, AutoCloseable> starts, Predicate<String> ended, Predicate<String> paused) {
    this.starts = starts;
    this.ended = ended;
    this.paused = paused;
  }

  /** Takes work on the subject of a campaign from now on. */
  synchronized void host(String queue, String campaignId) {
    hosted
        .computeIfAbsent(queue, name -> new Hosted(starts.apply(name), new HashSet<>()))
        .campaigns()
        .add(campaignId);
  }

  /** Takes no more work from this queue; what is under way ends. */
  synchronized void release(String queue) {
    leave((name, host) -> name.equals(queue));
  }

  /** Whether it takes from this queue. */
  synchronized boolean has(String queue) {
    return hosted.containsKey(queue);
  }

  /**
   * The queues that it takes from; those that no campaign needs any more are left now.
   *
   * @param idle whether nothing has been done here for a while: then what a paused campaign had
   *     under way has ended, and its queue is left too
   */
  synchronized List<String> queues(boolean idle) {
    Predicate<String> needsNone = idle ? ended.or(paused) : ended;
    leave((queue, host) -> host.campaigns().stream().allMatch(needsNone));
    return List.copyOf(hosted.keySet());
  }

  private void leave(BiPredicate<String, Hosted> left) {
    hosted
        .entrySet()
        .removeIf(
            entry -> {
              boolean leaves = left.test(entry.getKey(), entry.getValue());
              if (leaves) {
                close(entry.getValue());
              }
              return leaves;
            });
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
    leave((queue, host) -> true);
  }
}
