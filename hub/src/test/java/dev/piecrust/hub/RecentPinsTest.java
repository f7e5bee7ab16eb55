package dev.piecrust.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.HubRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecentPinsTest {
  @TempDir Path folder;

  @Test
  void asksAtMostOnceAMinute() {
    try (HubFixture given = new HubFixture(folder)) {
      AtomicLong now = new AtomicLong();
      RecentPins pins = new RecentPins(new HubFolders(() -> given.hub), now::get);
      HubRef pinned = HubFixture.REF.at(given.commit);
      assertThat(pins.apply(HubFixture.REF)).isEqualTo(pinned);
      now.addAndGet(Duration.ofSeconds(59).toNanos());
      assertThat(pins.apply(HubFixture.REF)).isEqualTo(pinned);
      assertThat(given.server.asked()).hasSize(1);
      now.addAndGet(Duration.ofSeconds(2).toNanos());
      assertThat(pins.apply(HubFixture.REF)).isEqualTo(pinned);
      assertThat(given.server.asked()).hasSize(2);
    }
  }
}
