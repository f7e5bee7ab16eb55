package dev.piecrust.observe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** What a process needs to do its work, and what must go on in it as long as it lives. */
public final class Vitals {
  /** What answers later than this is as good as away; a monitoring system waits a little longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final SortedMap<String, Need> needs = new ConcurrentSkipListMap<>();
  private final Map<String, BooleanSupplier> lives = new ConcurrentSkipListMap<>();
  private volatile boolean started;
  private final ExecutorService askers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "piecrust-vitals");
            thread.setDaemon(true);
            return thread;
          });

  /** A question to something outside; it throws where there is no answer. */
  @FunctionalInterface
  public interface Question {
    void ask() throws Exception;
  }

  /** The process is ready as long as this is answered. */
  public void needs(String name, Question question) {
    needs.put(name, new Need(question, new ArrayList<>()));
  }

  /** The process is alive as long as this is true. */
  public void lives(String name, BooleanSupplier alive) {
    lives.put(name, alive);
  }

  /** The process has read all that it reads at its start, and takes work from now on. */
  public void begin() {
    started = true;
  }

  /** Whether the process has begun to work. */
  boolean started() {
    return started;
  }

  /** What does not answer, and why; empty where the process is ready. */
  SortedMap<String, String> missing() {
    Map<String, Future<?>> asked = new TreeMap<>();
    needs.forEach((name, need) -> asked.put(name, need.ask(askers)));
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    SortedMap<String, String> missing = new TreeMap<>();
    asked.forEach(
        (name, answer) -> trouble(answer, deadline).ifPresent(why -> missing.put(name, why)));
    return missing;
  }

  /** What has stopped; empty where the process is alive. */
  List<String> stopped() {
    return lives.entrySet().stream()
        .filter(life -> !life.getValue().getAsBoolean())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Optional<String> trouble(Future<?> answer, long deadline) {
    try {
      answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of("no answer within %d s".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause() == null ? e : e.getCause().getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the program is shutting down");
    }
  }

  /** A question that is not asked again while it has no answer. */
  private record Need(Question question, List<Future<?>> open) {
    synchronized Future<?> ask(ExecutorService askers) {
      open.removeIf(Future::isDone);
      if (open.isEmpty()) {
        open.add(
            askers.submit(
                () -> {
                  question.ask();
                  return question;
                }));
      }
      return open.get(0);
    }
  }
}
