package dev.piecrust.probe;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.ModelList;
import dev.piecrust.probe.Probe.Outcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Asks the endpoints of campaigns whether they would answer: one request for the list of models,
 * which costs nothing. What was heard holds for a minute, since pages ask often.
 */
public final class Probes {
  private static final Duration HOLDS = Duration.ofMinutes(1);
  private static final int NAMED = 8;

  private final Function<String, Optional<String>> environment;
  private final LlmAccess access;
  private final LongSupplier nanos;
  private final Map<Endpoint, Heard> heard = new ConcurrentHashMap<>();

  private record Endpoint(String address, String model, Optional<String> keyEnv) {}

  private record Heard(Probe probe, long nanos) {}

  /**
   * @param environment looks up a variable
   * @param nanos a clock that only goes forward
   */
  public Probes(
      Function<String, Optional<String>> environment, LlmAccess access, LongSupplier nanos) {
    this.environment = environment;
    this.access = access;
    this.nanos = nanos;
  }

  /** With the keys of this process. */
  public static Probes ofThisProcess() {
    return new Probes(
        name -> Optional.ofNullable(System.getenv(name)),
        LlmAccess.ofThisProcess(),
        System::nanoTime);
  }

  /** One for each endpoint and model that a campaign will ask; none for the baseline. */
  public List<Probe> of(CampaignSpec spec) {
    return spec.interpret().stream().flatMap(Probes::models).map(this::of).distinct().toList();
  }

  private static Stream<LlmSpec> models(InterpretSpec interpret) {
    return interpret.llm().all().stream().filter(llm -> !llm.provider().baseline());
  }

  /** The day from which a model is gone, where its endpoint names one. */
  public Optional<LocalDate> shutDown(LlmSpec llm) {
    return llm.provider().baseline() ? Optional.empty() : of(llm).shutdown();
  }

  /** What one endpoint says of a model. */
  public Probe of(LlmSpec llm) {
    Endpoint endpoint = new Endpoint(llm.address(), llm.model(), llm.apiKeyEnv());
    return heard
        .compute(
            endpoint,
            (same, last) ->
                last != null && nanos.getAsLong() - last.nanos() < HOLDS.toNanos()
                    ? last
                    : new Heard(asked(llm), nanos.getAsLong()))
        .probe();
  }

  private Probe asked(LlmSpec llm) {
    if (llm.apiKeyEnv().filter(name -> environment.apply(name).isEmpty()).isPresent()) {
      return Probe.of(
          Outcome.UNASKED,
          "%s was not asked, because %s is not set here; the processes that ask it need it"
              .formatted(name(llm), llm.apiKeyEnv().get()));
    }
    try {
      return ModelList.of(llm, environment, access)
          .ask()
          .map(models -> listed(llm, models))
          .orElseGet(
              () ->
                  Probe.of(
                      Outcome.UNSAID,
                      name(llm)
                          + " answers, and has no list of models: one small call, before a campaign"
                          + " prunes, will tell whether it knows this one"));
    } catch (LlmException e) {
      return ofTrouble(llm, e);
    } catch (PieCrustException e) {
      return Probe.of(Outcome.WRONG, String.valueOf(e.getMessage()));
    }
  }

  private static Probe listed(LlmSpec llm, Map<String, Optional<LocalDate>> models) {
    Optional<String> known = models.keySet().stream().filter(id -> names(id, llm)).findFirst();
    if (known.isEmpty()) {
      List<String> some = models.keySet().stream().limit(NAMED).toList();
      return Probe.of(
          Outcome.WRONG,
          "%s does not list the model, expected one of %s%s"
              .formatted(name(llm), String.join(", ", some), models.size() > NAMED ? ", …" : ""));
    }
    Optional<LocalDate> shutdown = models.getOrDefault(known.get(), Optional.empty());
    return new Probe(
        Outcome.GOOD,
        "%s answers, and knows the model%s"
            .formatted(
                name(llm), shutdown.map(day -> ", which it shuts down on " + day).orElse("")),
        shutdown);
  }

  /** Some lists have a folder before the name, others leave {@code :latest} away. */
  private static boolean names(String id, LlmSpec llm) {
    return id.equals(llm.model())
        || id.equals("models/" + llm.model())
        || id.equals(llm.model() + ":latest");
  }

  private static Probe ofTrouble(LlmSpec llm, LlmException e) {
    return switch (e.kind()) {
      case UNAUTHORIZED ->
          Probe.of(
              Outcome.WRONG,
              "%s: %s; the key is %s"
                  .formatted(
                      name(llm),
                      e.getMessage(),
                      llm.apiKeyEnv().map(name -> "that in " + name).orElse("not set")));
      case RATE_LIMITED -> Probe.of(Outcome.UNSAID, name(llm) + ": " + e.getMessage());
      case UNREACHABLE, UNAVAILABLE, LOST, GARBLED, UNKNOWN, REFUSED ->
          Probe.of(
              Outcome.AWAY,
              "%s: %s; a campaign would prune, and then wait for it"
                  .formatted(name(llm), e.getMessage()));
    };
  }

  private static String name(LlmSpec llm) {
    return "%s %s at %s".formatted(llm.provider().label(), llm.model(), llm.address());
  }
}
