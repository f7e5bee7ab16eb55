package dev.piecrust.workers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who works on a device next. Those who need the subject that is loaded go first, so that campaigns
 * on two models do not load theirs anew for every batch; but only for a span, which is long beside
 * the time that loading takes. Among equals it is the order of asking.
 */
final class DeviceQueue {
  /** A span lasts so many times as long as its first work, with which the subject is loaded. */
  private static final int SPAN_TO_FIRST = 5;

  /** For subjects that load at once: shorter spans would gain nothing. */
  private static final Duration SHORTEST_SPAN = Duration.ofSeconds(30);

  /** Where the first work is long itself: nobody should wait for hours. */
  private static final Duration LONGEST_SPAN = Duration.ofMinutes(30);

  /** How long the next batch of a campaign may be on its way while others wait. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** The {@link #distance} of work that comes after others'; what is less is free. */
  static final int BEHIND_OTHERS = 3;

  /** A device on which nothing was done for so long is nobody's: no batch is on its way. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final Deque<Ticket> waiting = new ArrayDeque<>();
  private @Nullable Ticket working;
  private @Nullable Object subject;
  private boolean loads;
  private long freeSince;
  private long spanBegan;
  private long spanEnds;

  DeviceQueue(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Stands in line; whoever does must {@link Ticket#leave} it, in whatever way it ends. */
  synchronized Ticket join(Object needed) {
    Ticket ticket = new Ticket(needed);
    waiting.add(ticket);
    letNextIn();
    return ticket;
  }

  /**
   * How much is in the way of work on a subject: 0 where it is loaded and nobody uses it, 1 or 2
   * where it has to be loaded on a device that nobody uses, more for each one who does or waits.
   */
  synchronized int distance(Object needed) {
    int load = needed.equals(subject) ? 0 : 1;
    if (isIdle()) {
      return subject == null ? load : 2 * load;
    }
    return BEHIND_OTHERS + load + waiting.size() + (working == null ? 0 : 1);
  }

  /** Whether nobody works here or waits, and nothing is on its way. */
  synchronized boolean isIdle() {
    return working == null
        && waiting.isEmpty()
        && (subject == null || nanoTime.getAsLong() - freeSince >= IDLE.toNanos());
  }

  private void letNextIn() {
    if (working == null) {
      next()
          .ifPresent(
              ticket -> {
                waiting.remove(ticket);
                working = ticket;
                begin(ticket.needed);
                notifyAll();
              });
    }
  }

  private Optional<Ticket> next() {
    Optional<Ticket> same = first(ticket -> ticket.needed.equals(subject));
    Optional<Ticket> other = first(ticket -> !ticket.needed.equals(subject));
    long now = nanoTime.getAsLong();
    if (other.isEmpty() || subject == null || now - spanEnds >= 0) {
      return other.isEmpty() ? same : other;
    }
    return same.isPresent() || now - freeSince < GRACE.toNanos() ? same : other;
  }

  private Optional<Ticket> first(Predicate<Ticket> wanted) {
    return waiting.stream().filter(wanted).findFirst();
  }

  private void begin(Object needed) {
    if (!needed.equals(subject)) {
      subject = needed;
      loads = true;
      spanBegan = nanoTime.getAsLong();
    }
  }

  private void end() {
    working = null;
    freeSince = nanoTime.getAsLong();
    if (loads) {
      loads = false;
      long span = SPAN_TO_FIRST * (freeSince - spanBegan);
      spanEnds =
          freeSince + Math.max(SHORTEST_SPAN.toNanos(), Math.min(span, LONGEST_SPAN.toNanos()));
    }
    letNextIn();
  }

  /** A place in the line, and then on the device. */
  final class Ticket {
    private final Object needed;

    private Ticket(Object needed) {
      this.needed = needed;
    }

    /** Whether it is this one's turn, at the latest after so many milliseconds. */
    boolean await(long millis) throws InterruptedException {
      synchronized (DeviceQueue.this) {
        letNextIn();
        if (working != this) {
          DeviceQueue.this.wait(millis);
        }
        return working == this;
      }
    }

    void leave() {
      synchronized (DeviceQueue.this) {
        waiting.remove(this);
        if (working == this) {
          end();
        }
      }
    }
  }
}
