package dev.piecrust.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.report.SmallCampaign;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkedOutTest {
  @TempDir private Path folder;

  @Test
  void showsTheLastValueUntilThereIsANewOneOrAnEnd() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    try (SmallCampaign campaign = new SmallCampaign(folder);
        WorkedOut<Integer> known = new WorkedOut<>("worked-out", id -> next(runs, second))) {
      campaign.stores.campaigns().create("runs", SmallCampaign.SPEC);
      assertThat(known.of(status(campaign)).join()).isEqualTo(1);
      assertThat(known.of(status(campaign)).join()).isEqualTo(1); // it has not gone on
      campaign
          .stores
          .units()
          .done(
              "runs",
              "score ioi",
              "ioi/000000-000003",
              3,
              0,
              campaign.artifacts.put(new byte[] {1}));
      assertThat(known.of(status(campaign)).join()).isEqualTo(1);
      campaign.stores.campaigns().enter("runs", CampaignState.FINISHED, "");
      assertThat(known.of(status(campaign)).isDone()).isFalse(); // an end is waited for
      second.countDown();
      assertThat(known.of(status(campaign)).join()).isGreaterThan(1);
    }
  }

  private static int next(AtomicInteger runs, CountDownLatch second) {
    int run = runs.incrementAndGet();
    if (run == 2) {
      try {
        second.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return run;
  }

  private static CampaignStatus status(SmallCampaign campaign) {
    return campaign.stores.campaigns().status("runs");
  }
}
