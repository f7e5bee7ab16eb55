package dev.piecrust.observe;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what is measured within bounds, however long a process runs and whatever it works on: no
 * name of a campaign, a workflow or one worker's queue is told apart, timers of the SDK are counts,
 * sums and maxima without histograms, and there is a last meter.
 */
final class SeriesLimit implements MeterFilter {
  private static final String SDK = "temporal";

  /** Tags of the SDK whose values are without end. */
  private static final Set<String> ENDLESS =
      Set.of("workflow_id", "run_id", "activity_id", "worker_id", "identity");

  private static final String QUEUE = "task_queue";
  private static final String ELSE = "other";

  private final int most;
  private final Set<String> queues;
  private final Set<Meter.Id> known = ConcurrentHashMap.newKeySet();

  /**
   * @param most meters; each is a few lines of text
   * @param queues whose names may be told apart
   */
  SeriesLimit(int most, Set<String> queues) {
    this.most = most;
    this.queues = Set.copyOf(queues);
  }

  @Override
  public Meter.Id map(Meter.Id id) {
    if (!id.getName().startsWith(SDK)) {
      return id;
    }
    List<Tag> tags =
        id.getTags().stream()
            .filter(tag -> !ENDLESS.contains(tag.getKey()))
            .map(this::few)
            .toList();
    return id.replaceTags(tags);
  }

  private Tag few(Tag tag) {
    return tag.getKey().equals(QUEUE) && !queues.contains(tag.getValue())
        ? Tag.of(QUEUE, ELSE)
        : tag;
  }

  @Override
  public MeterFilterReply accept(Meter.Id id) {
    if (known.contains(id)) {
      return MeterFilterReply.NEUTRAL;
    }
    if (known.size() >= most) {
      return MeterFilterReply.DENY;
    }
    known.add(id);
    return MeterFilterReply.NEUTRAL;
  }

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return id.getName().startsWith(SDK)
        ? DistributionStatisticConfig.builder().percentilesHistogram(false).build().merge(config)
        : config;
  }
}
