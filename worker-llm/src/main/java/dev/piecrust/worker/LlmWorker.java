package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.Pulse;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.ask.Asker;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.Explanation;
import dev.piecrust.ledger.LlmClient;
import dev.piecrust.store.Stores;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The activities that ask language models. Holds no state between calls: what is done is in the
 * database, what was answered is behind the desk.
 */
public final class LlmWorker implements LlmActivities {
  private final LlmClient desk;
  private final Asker asker;
  private final Stores stores;
  private final ArtifactStore artifacts;

  /**
   * For all campaigns of an installation.
   *
   * @param desk where questions are asked, under the limits of each campaign
   * @param stores where specs are read and outcomes recorded
   * @param artifacts where texts, ratings and transcripts are kept
   */
  public LlmWorker(LlmClient desk, Stores stores, ArtifactStore artifacts) {
    this.desk = desk;
    this.asker = new Asker(desk);
    this.stores = stores;
    this.artifacts = artifacts;
  }

  @Override
  public LlmStep probe(String campaignId) {
    return working(
        pulse -> {
          Runnable alive = () -> pulse.check("probe " + campaignId);
          alive.run();
          return stoppingAtMistakes(() -> new ProbeStep(desk, stores, campaignId, alive).run());
        });
  }

  @Override
  public LlmStep explain(FeatureUnit unit) {
    return step(
        unit, FeatureStages.EXPLAIN, desk -> new ExplainStep(desk, stores.features()).run());
  }

  @Override
  public LlmStep writeTexts(FeatureUnit unit) {
    return described(unit, FeatureStages.WRITE, (desk, text) -> new WriteStep(desk).run(text));
  }

  @Override
  public LlmStep rateSamples(FeatureUnit unit) {
    return described(unit, FeatureStages.RATE, (desk, text) -> new RateStep(desk).run(text));
  }

  @Override
  public LlmStep rateSteered(FeatureUnit unit) {
    return described(
        unit, FeatureStages.RATE_STEERED, (desk, text) -> new RateSteeredStep(desk).run(text));
  }

  @Override
  public boolean score(FeatureUnit unit) {
    return working(
        pulse ->
            new ScoreStep(
                    files(unit),
                    stores.campaigns().spec(unit.campaignId()).evaluating(),
                    stores.features())
                .run());
  }

  /** A step that needs a description. */
  private LlmStep described(
      FeatureUnit unit, String stage, BiFunction<UnitRunner, String, LlmStep> work) {
    return step(
        unit,
        stage,
        desk -> {
          Optional<String> description =
              stores
                  .features()
                  .explanation(unit.campaignId(), unit.feature())
                  .flatMap(Explanation::description);
          return description.isPresent()
              ? work.apply(desk, description.get())
              : desk.noInput(stage, "the feature has no description");
        });
  }

  private LlmStep step(FeatureUnit unit, String stage, Function<UnitRunner, LlmStep> work) {
    return working(
        pulse -> {
          UnitFiles files = files(unit);
          if (!stage.equals(FeatureStages.EXPLAIN) && files.has(stage)) {
            return LlmStep.done();
          }
          Runnable alive = () -> pulse.check(stage + " " + unit.unit());
          alive.run();
          return stoppingAtMistakes(
              () ->
                  work.apply(
                      new UnitRunner(
                          asker, stores.campaigns().spec(unit.campaignId()), unit, files, alive)));
        });
  }

  /** A mistake such as a missing key concerns all features: a person mends it, and all go on. */
  private static LlmStep stoppingAtMistakes(Supplier<LlmStep> work) {
    try {
      return work.get();
    } catch (PieCrustException e) {
      if (e.category() != FailureCategory.USER) {
        throw e;
      }
      return LlmStep.stopped(String.valueOf(e.getMessage()));
    }
  }

  private UnitFiles files(FeatureUnit unit) {
    return new UnitFiles(unit, stores.units(), artifacts);
  }

  private static <T> T working(Function<Pulse, T> work) {
    try (Pulse pulse = Pulse.start()) {
      return work.apply(pulse);
    } catch (RuntimeException e) {
      throw Retries.toTemporal(e);
    }
  }
}
