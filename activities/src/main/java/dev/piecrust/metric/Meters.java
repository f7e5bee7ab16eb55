package dev.piecrust.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All of the program's own meters. Tags take few values: a campaign's id or a unit belongs into
 * logs and traces. Counters and timers speak of one process, so sum them over processes; a gauge
 * that speaks of the whole installation says so, and each process that has it shows the same.
 */
public enum Meters {
  /** In seconds. Where it grows, too few workers serve the queue. */
  QUEUE_LATENCY(
      Kind.TIMER,
      "piecrust.queue.latency",
      "",
      "How long activities waited on their queue until a worker took them; piecrust-gpu-session"
          + " stands for the queues of single devices",
      "queue"),
  /** In seconds; an activity that is tried again counts once for each attempt. */
  ACTIVITY_DURATION(
      Kind.TIMER,
      "piecrust.activity.duration",
      "",
      "How long an attempt at an activity took, its wait for the device included; outcome is done,"
          + " failed or cancelled",
      "activity",
      "stage",
      "outcome"),
  /** In seconds; part of {@link #ACTIVITY_DURATION}. */
  DEVICE_WAIT(
      Kind.TIMER,
      "piecrust.device.wait",
      "",
      "How long activities waited in their worker for their turn on the device"),
  /** Where it keeps growing, campaigns on different subjects take turns on one device. */
  SUBJECT_LOADS(
      Kind.COUNTER,
      "piecrust.subject.loads",
      "",
      "Models that were loaded with their transcoders; campaigns that alternate load again"),
  /** In bytes, at the moment of looking; NaN where the system does not tell. */
  DEVICE_MEMORY_USED(
      Kind.GAUGE,
      "piecrust.device.memory.used",
      "bytes",
      "Memory in use on the device, by whichever process; where the device is 'cpu', resident memory"
          + " of this process",
      "device"),
  /** In bytes: what {@link #DEVICE_MEMORY_USED} can grow to. */
  DEVICE_MEMORY_TOTAL(
      Kind.GAUGE,
      "piecrust.device.memory.total",
      "bytes",
      "Memory of the device; where it is 'cpu', that of the machine or the container's limit",
      "device"),
  /**
   * A row for each {@link dev.piecrust.campaign.CampaignState}, those without campaigns included.
   */
  CAMPAIGNS(
      Kind.GAUGE,
      "piecrust.campaigns",
      "",
      "Campaigns of the installation by state, as the database says",
      "state"),
  /**
   * The stage is given by its kind, without the task's name; all prompts of a parked unit count as
   * failed.
   */
  UNITS(
      Kind.COUNTER,
      "piecrust.units",
      "",
      "Prompts (in pruning) and features that were recorded as done or failed by this process",
      "stage",
      "outcome"),
  /** Answers from the cache are no calls: {@link #LLM_CACHE} has them. */
  LLM_CALLS(
      Kind.COUNTER,
      "piecrust.llm.calls",
      "",
      "Calls to language models by how they ended: answered, released (not charged) or lost (perhaps"
          + " charged)",
      "provider",
      "model",
      "stage",
      "outcome"),
  /** In seconds, from the moment the call leaves; {@link #LLM_RATE_WAIT} comes before. */
  LLM_CALL_DURATION(
      Kind.TIMER,
      "piecrust.llm.call.duration",
      "",
      "How long a provider took for a call; outcome is answered or failed",
      "provider",
      "model",
      "outcome"),
  /** Calls without a reported usage add nothing. */
  LLM_TOKENS(
      Kind.COUNTER,
      "piecrust.llm.tokens",
      "",
      "Tokens that providers reported; kind is prompt or completion",
      "provider",
      "model",
      "kind"),
  /** In USD; calls whose price or usage nobody knows add nothing. */
  LLM_SPENT(
      Kind.COUNTER,
      "piecrust.llm.spent",
      "usd",
      "What settled calls cost at the reported usage",
      "provider",
      "model",
      "stage"),
  /** In USD; it counts against the caps as if it were spent, until the calls end. */
  LLM_RESERVED(
      Kind.GAUGE,
      "piecrust.llm.reserved",
      "usd",
      "Worst case of the calls that are under way or queued in the installation, as the database"
          + " says",
      "provider",
      "model",
      "stage"),
  /** Hits among all say which share of the questions cost nothing. */
  LLM_CACHE(
      Kind.COUNTER,
      "piecrust.llm.cache",
      "",
      "Questions answered from the cache (hit), and calls that had to be begun (miss)",
      "provider",
      "model",
      "result"),
  /** In seconds; long where the limits set the pace, and not the provider. */
  LLM_RATE_WAIT(
      Kind.TIMER,
      "piecrust.llm.rate.wait",
      "",
      "How long a call waited for its turn under the limits of rates, whether it then went out or is"
          + " to come back later",
      "provider",
      "model"),
  /** Where it grows, the limits of the spec are above those of the provider. */
  LLM_RATE_LIMITED(
      Kind.COUNTER,
      "piecrust.llm.rate.limited",
      "",
      "Calls that a provider refused because there were too many (HTTP 429)",
      "provider",
      "model"),
  /** Where it is not 0, calls wait until the endpoint is tried again. */
  LLM_CIRCUITS_OPEN(
      Kind.GAUGE,
      "piecrust.llm.circuits.open",
      "",
      "Endpoints of the installation that get no calls because they failed many times in a row, as"
          + " the database says");

  /** How a meter measures. */
  private enum Kind {
    COUNTER,
    GAUGE,
    TIMER
  }

  /** From an answer of a cache to an hour on a device. */
  private static final List<Duration> BOUNDS =
      Stream.of(0.01, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)
          .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
          .toList();

  private final Kind kind;
  private final String id;
  private final String unit;
  private final String help;
  private final String tags;

  Meters(Kind kind, String id, String unit, String help, String... tags) {
    this.kind = kind;
    this.id = id;
    this.unit = unit;
    this.help = help;
    this.tags = String.join(" ", tags);
  }

  /** Micrometer's name, such as {@code piecrust.queue.latency}. */
  public String id() {
    return id;
  }

  /** {@code bytes} or {@code usd}; empty for plain numbers, and for timers, which have seconds. */
  public String unit() {
    return unit;
  }

  /** One sentence for people. */
  public String help() {
    return help;
  }

  /** Names of its tags, in the order in which their values are given. */
  public List<String> tags() {
    return tags.isEmpty() ? List.of() : List.of(tags.split(" "));
  }

  /** The names under which Prometheus sees it. */
  public List<String> series() {
    String base = id.replace('.', '_') + (unit.isEmpty() ? "" : "_" + unit);
    return switch (kind) {
      case COUNTER -> List.of(base + "_total");
      case GAUGE -> List.of(base);
      case TIMER ->
          Stream.of("count", "sum", "max", "bucket")
              .map(part -> base + "_seconds_" + part)
              .toList();
    };
  }

  /** The names of all meters in Prometheus. */
  public static List<String> allSeries() {
    return Arrays.stream(values()).flatMap(m -> m.series().stream()).toList();
  }

  /** The counter with these values of its tags. */
  public Counter counter(MeterRegistry registry, String... values) {
    require(Kind.COUNTER);
    Counter.Builder builder = Counter.builder(id).description(help).tags(tags(values));
    return (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
  }

  /** The timer with these values of its tags. */
  public Timer timer(MeterRegistry registry, String... values) {
    require(Kind.TIMER);
    return Timer.builder(id)
        .description(help)
        .tags(tags(values))
        .serviceLevelObjectives(BOUNDS.toArray(Duration[]::new))
        .register(registry);
  }

  /** Shows a number that is asked for whenever somebody looks. */
  public void gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
    require(Kind.GAUGE);
    Gauge.Builder<?> builder = Gauge.builder(id, value).description(help).tags(tags(values));
    Gauge unused = (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
  }

  /** A gauge whose rows come and go. */
  public MultiGauge rows(MeterRegistry registry) {
    require(Kind.GAUGE);
    MultiGauge.Builder builder = MultiGauge.builder(id).description(help);
    return (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
  }

  /** The tags with these values, in the order of {@link #tags()}. */
  public Tags tags(String... values) {
    List<String> names = tags();
    if (values.length != names.size()) {
      throw new IllegalArgumentException(
          "%s has the tags %s, got %s".formatted(id, names, Arrays.toString(values)));
    }
    Tags all = Tags.empty();
    for (int i = 0; i < values.length; i++) {
      all = all.and(names.get(i), values[i]);
    }
    return all;
  }

  private void require(Kind wanted) {
    if (kind != wanted) {
      throw new IllegalArgumentException("%s is a %s".formatted(id, kind));
    }
  }
}
