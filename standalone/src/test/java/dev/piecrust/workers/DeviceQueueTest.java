package dev.piecrust.workers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tickets of two subjects on a clock that the test turns. */
final class DeviceQueueTest {
  private long now = 1;
  private final DeviceQueue queue = new DeviceQueue(() -> now);

  @Test
  void givesThoseOfOneSubjectTheirTurnInTheOrderOfAsking() throws Exception {
    DeviceQueue.Ticket first = queue.join("gemma");
    DeviceQueue.Ticket second = queue.join("gemma");
    DeviceQueue.Ticket third = queue.join("gemma");
    assertThat(turnOf(first, second, third)).isSameAs(first);
    first.leave();
    assertThat(turnOf(second, third)).isSameAs(second);
    second.leave();
    assertThat(turnOf(third)).isSameAs(third);
  }

  @Test
  void keepsTheSubjectThatIsLoadedForASpanAndThenGivesTheOthersOne() throws Exception {
    DeviceQueue.Ticket loads = queue.join("gemma");
    seconds(10); // so that a span takes 50 s more
    DeviceQueue.Ticket other = queue.join("llama");
    DeviceQueue.Ticket next = queue.join("gemma");
    loads.leave();
    assertThat(turnOf(other, next)).isSameAs(next);
    seconds(49);
    DeviceQueue.Ticket last = queue.join("gemma");
    next.leave();
    assertThat(turnOf(other, last)).isSameAs(last);
    seconds(1);
    DeviceQueue.Ticket waits = queue.join("gemma");
    last.leave();
    assertThat(turnOf(other, waits)).isSameAs(other);
    seconds(10);
    DeviceQueue.Ticket another = queue.join("llama");
    other.leave();
    assertThat(turnOf(waits, another)).as("a span of its own").isSameAs(another);
  }

  @Test
  void waitsAMomentForTheNextBatchOfTheSubjectThatIsLoaded() throws Exception {
    DeviceQueue.Ticket loads = queue.join("gemma");
    DeviceQueue.Ticket other = queue.join("llama");
    loads.leave();
    assertThat(other.await(1)).isFalse();
    now += TimeUnit.MILLISECONDS.toNanos(500);
    DeviceQueue.Ticket next = queue.join("gemma");
    assertThat(turnOf(other, next)).isSameAs(next);
    next.leave();
    seconds(1);
    assertThat(other.await(1)).as("nothing more came").isTrue();
  }

  @Test
  void forgetsWhoLeavesTheLine() throws Exception {
    DeviceQueue.Ticket first = queue.join("gemma");
    DeviceQueue.Ticket gone = queue.join("gemma");
    DeviceQueue.Ticket last = queue.join("gemma");
    gone.leave();
    first.leave();
    assertThat(turnOf(last)).isSameAs(last);
    last.leave();
    last.leave();
    assertThat(turnOf(queue.join("gemma"))).isNotNull();
  }

  @Test
  void isNearestToWorkOnWhatIsLoadedAndFarFromWorkBehindOthers() throws Exception {
    assertThat(queue.distance("gemma")).as("nothing is loaded").isEqualTo(1);
    DeviceQueue.Ticket loads = queue.join("gemma");
    DeviceQueue.Ticket waits = queue.join("gemma");
    assertThat(queue.distance("gemma")).as("one works, one waits").isEqualTo(3 + 2);
    assertThat(queue.distance("llama")).as("and it has to be loaded").isEqualTo(3 + 2 + 1);
    loads.leave();
    waits.leave();
    assertThat(queue.distance("gemma")).as("a batch may be on its way").isEqualTo(3);
    seconds(10);
    assertThat(queue.distance("gemma")).as("loaded, and nobody's").isEqualTo(0);
    assertThat(queue.distance("llama")).as("another has to go").isEqualTo(2);
  }

  private void seconds(int seconds) {
    now += TimeUnit.SECONDS.toNanos(seconds);
  }

  private static DeviceQueue.Ticket turnOf(DeviceQueue.Ticket... tickets)
      throws InterruptedException {
    DeviceQueue.Ticket has = null;
    for (DeviceQueue.Ticket ticket : tickets) {
      if (ticket.await(1)) {
        assertThat(has).as("one at a time").isNull();
        has = ticket;
      }
    }
    if (has == null) {
      throw new AssertionError("nobody has the turn");
    }
    return has;
  }
}
