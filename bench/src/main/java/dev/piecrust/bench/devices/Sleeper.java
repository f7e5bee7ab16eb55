package dev.piecrust.bench.devices;

import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.SubjectHost;
import dev.piecrust.bench.orchestration.CampaignSize;
import dev.piecrust.bench.orchestration.IdleActivities;
import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A device that sleeps for the time of a batch, and notes when it did. */
final class Sleeper extends IdleActivities {
  private static final long LONG_SILENCE_MS = 60_000;

  /** How often it looks up from a batch: after each prompt, as devices do. */
  private static final int LOOKS = 10;

  private final List<Slept> batches = new CopyOnWriteArrayList<>();
  private volatile Optional<Slept> underway = Optional.empty();
  private volatile boolean silent;
  private volatile Runnable hosting = () -> {};

  /** A batch, by {@link System#nanoTime}. */
  record Slept(String unit, long began, long ended) {}

  Sleeper(CampaignSize size, String name) {
    super(size, name, Optional.of(Simulation.QUEUE));
  }

  /** Does something once it is a host. */
  void onceHosting(Runnable then) {
    hosting = then;
  }

  /** Neither beats nor ends from the next batch on, as a device whose machine has died. */
  void fallSilent() {
    silent = true;
  }

  /** What it has done, in order. */
  List<Slept> batches() {
    return batches;
  }

  /** The batch that it is in the midst of; it has no end yet. */
  Optional<Slept> underway() {
    return underway;
  }

  /** Milliseconds between the end of each batch and the beginning of the next. */
  LongStream gaps() {
    return IntStream.range(1, batches.size())
        .mapToLong(i -> (batches.get(i).began() - batches.get(i - 1).ended()) / 1_000_000);
  }

  @Override
  public SubjectHost hostSubject(HostRequest request) {
    SubjectHost host = super.hostSubject(request);
    hosting.run();
    return host;
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch batch) {
    long began = System.nanoTime();
    if (silent) {
      batches.add(new Slept(batch.unit(), began, began));
      sleep(LONG_SILENCE_MS);
    }
    underway = Optional.of(new Slept(batch.unit(), began, began));
    try (Pulse pulse = Pulse.start()) {
      for (int i = 0; i < LOOKS; i++) {
        sleep(Simulation.BATCH.toMillis() / LOOKS);
        pulse.check("sleeps");
      }
    } finally {
      underway = Optional.empty();
    }
    batches.add(new Slept(batch.unit(), began, System.nanoTime()));
    return super.pruneBatch(batch);
  }

  static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PieCrustException.external("interrupted", e);
    }
  }
}
