package dev.piecrust.observe;

import static java.util.Locale.ROOT;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.metric.Meters;
import dev.piecrust.store.Stores;
import io.micrometer.core.instrument.MultiGauge;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows what the database says of the installation as a whole, a few seconds old. Where several
 * processes show it they all show the same: take the largest, not the sum. While the database is
 * away the last figures stand.
 */
public final class InstallationFigures implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InstallationFigures.class);

  /** Prometheus looks every 15 s or more by default; the queries take milliseconds. */
  private static final long EVERY_SECONDS = 5;

  private final Stores stores;
  private final MultiGauge campaigns;
  private final MultiGauge reserved;
  private final AtomicLong circuits = new AtomicLong();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "piecrust-figures");
            thread.setDaemon(true);
            return thread;
          });

  /** Shows them from now on. */
  public InstallationFigures(Stores stores) {
    this.stores = stores;
    this.campaigns = Meters.CAMPAIGNS.rows(stores.meters());
    this.reserved = Meters.LLM_RESERVED.rows(stores.meters());
    Meters.LLM_CIRCUITS_OPEN.gauge(stores.meters(), circuits::get);
    Future<?> unused =
        clock.scheduleWithFixedDelay(this::refresh, 0, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void refresh() {
    try {
      Map<CampaignState, Long> byState = stores.campaigns().byState();
      campaigns.register(
          Arrays.stream(CampaignState.values())
              .map(
                  state ->
                      MultiGauge.Row.of(
                          Meters.CAMPAIGNS.tags(state.name().toLowerCase(ROOT)),
                          byState.getOrDefault(state, 0L)))
              .toList(),
          true);
      reserved.register(
          stores.costs().reserved().stream()
              .map(
                  open ->
                      MultiGauge.Row.of(
                          Meters.LLM_RESERVED.tags(open.provider(), open.model(), open.stage()),
                          open.usd()))
              .toList(),
          true);
      circuits.set(stores.endpoints().openCircuits());
    } catch (RuntimeException e) {
      LOG.info("the figures of the installation could not be read: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    // Not at once: H2 closes its file for all where a thread is interrupted while it writes.
    clock.shutdown();
  }
}
