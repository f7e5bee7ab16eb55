package dev.piecrust.price;

import java.util.Locale;
import java.util.Optional;

/** How urgently a provider serves a call, which decides its price. */
public enum ServiceTier {
  /** At once, at the list price. */
  REALTIME("realtime"),
  /** At once where there is room, cheaper. */
  FLEX("flex"),
  /** Within a day, cheaper. */
  BATCH("batch"),
  /** Before others, dearer. */
  PRIORITY("priority");

  private final String label;

  ServiceTier(String label) {
    this.label = label;
  }

  /** The name in tables and specs. */
  public String label() {
    return label;
  }

  /**
   * The tier that an answer says it was served in.
   *
   * @param said such as {@code default}, {@code standard} or {@code flex}
   * @return empty where it names none that has a price
   */
  public static Optional<ServiceTier> named(String said) {
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "default", "standard", "realtime" -> Optional.of(REALTIME);
      case "flex" -> Optional.of(FLEX);
      case "batch" -> Optional.of(BATCH);
      case "priority" -> Optional.of(PRIORITY);
      default -> Optional.empty();
    };
  }
}
