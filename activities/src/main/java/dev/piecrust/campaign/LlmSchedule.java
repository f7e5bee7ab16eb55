package dev.piecrust.campaign;

import dev.piecrust.key.Labelled;
import dev.piecrust.price.ServiceTier;

/** When calls are answered. */
public enum LlmSchedule implements Labelled {
  /** Each at once, at the full price. */
  REALTIME("realtime", ServiceTier.REALTIME),
  /** Each as soon as the provider has room, at its flex price. */
  FLEX("flex", ServiceTier.FLEX),
  /** In the provider's batches: within a day, at the batch price. */
  BATCH("batch", ServiceTier.BATCH);

  private final String label;
  private final ServiceTier tier;

  LlmSchedule(String label, ServiceTier tier) {
    this.label = label;
    this.tier = tier;
  }

  /** The name in specs. */
  @Override
  public String label() {
    return label;
  }

  /** The tier in which its calls are served. */
  public ServiceTier tier() {
    return tier;
  }
}
