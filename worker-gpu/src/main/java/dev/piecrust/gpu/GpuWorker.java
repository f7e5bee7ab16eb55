package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.artifact.ArtifactRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.Failures;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.store.CampaignStore;
import dev.piecrust.store.Checkpoints;
import dev.piecrust.store.PromptResults;
import dev.piecrust.store.UnitStore;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.tensor.TensorRuntime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GPU activities of one worker. It holds one subject at a time and does one thing at a time, as
 * the device does.
 */
public final class GpuWorker implements GpuActivities, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GpuWorker.class);

  private final CampaignStore campaigns;
  private final UnitStore units;
  private final Checkpoints checkpoints;
  private final PromptResults results;
  private final PairsArtifact pairs;
  private final ScoresArtifact scores;
  private final OutcomesArtifact outcomes;
  private final String queue;
  private final TensorRuntime runtime;
  private final NDManager manager;
  private @Nullable Subject subject;

  /**
   * @param queue the worker's own task queue
   */
  public GpuWorker(
      CampaignStore campaigns,
      UnitStore units,
      Checkpoints checkpoints,
      PromptResults results,
      ArtifactStore artifacts,
      String queue) {
    this.campaigns = campaigns;
    this.units = units;
    this.checkpoints = checkpoints;
    this.results = results;
    this.pairs = new PairsArtifact(artifacts);
    this.scores = new ScoresArtifact(artifacts);
    this.outcomes = new OutcomesArtifact(artifacts);
    this.queue = queue;
    this.runtime = TensorRuntime.start();
    this.manager = runtime.newManager();
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return working(
        pulse -> {
          Subject loaded = subject(campaigns.spec(campaignId));
          campaigns.fingerprint(campaignId, loaded.fingerprint());
          return new GpuSession(queue, loaded.fingerprint(), runtime.device().toString());
        });
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return working(
        pulse -> {
          CampaignSpec spec = campaigns.spec(task.campaignId());
          return new TaskStage(pairs)
              .prepare(spec.task(task.task()), spec.prune(), subject(spec).model().tokenizer());
        });
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return working(
        pulse -> {
          CampaignSpec spec = campaigns.spec(batch.campaignId());
          Subject loaded = subject(spec);
          List<TokenizedPair> tokenized = pairs.read(batch, loaded.model().tokenizer());
          String key = UnitKeys.score(loaded.fingerprint(), spec.prune(), tokenized, batch.from());
          Optional<ArtifactRef> before = checkpoints.find(key);
          if (before.isPresent()) {
            return scored(batch, scores.read(before.get()), before.get(), true);
          }
          ScoredBatch scored =
              new ScoreStage(loaded, spec.prune(), manager).score(tokenized, batch.from(), pulse);
          ArtifactRef ref = scores.write(scored);
          // A unit with failures is tried again by whoever asks next.
          ArtifactRef kept = scored.failures().isEmpty() ? checkpoints.put(key, ref) : ref;
          return scored(batch, scored, kept, false);
        });
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch task) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return working(
        pulse -> {
          CampaignSpec spec = campaigns.spec(batch.campaignId());
          Subject loaded = subject(spec);
          ArtifactRef scoresRef = scoresOf(batch);
          String key =
              UnitKeys.fidelity(loaded.fingerprint(), spec.prune(), scoresRef, batch.task());
          Optional<ArtifactRef> before = checkpoints.find(key);
          if (before.isPresent()) {
            List<PromptOutcome> found = outcomes.read(before.get());
            return checked(
                batch, new FidelityStage.Result(found, java.util.Map.of()), before.get(), true);
          }
          FidelityStage.Result result =
              new FidelityStage(loaded, spec.prune(), manager)
                  .check(
                      batch.task(),
                      pairs.read(batch, loaded.model().tokenizer()),
                      batch.from(),
                      scores.read(scoresRef),
                      pulse);
          ArtifactRef ref = outcomes.write(result.outcomes());
          ArtifactRef kept = result.failures().isEmpty() ? checkpoints.put(key, ref) : ref;
          return checked(batch, result, kept, false);
        });
  }

  private ArtifactRef scoresOf(PruneBatch batch) {
    String stage = "score " + batch.task();
    return units.units(batch.campaignId(), stage).stream()
        .filter(row -> row.stage().equals(stage) && row.unit().equals(batch.unit()))
        .flatMap(row -> row.result().stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(batch.unit() + " is not scored"));
  }

  private BatchSummary scored(
      PruneBatch batch, ScoredBatch scored, ArtifactRef ref, boolean reused) {
    int done = scored.prompts().size();
    int failed = scored.failures().size();
    scored
        .failures()
        .forEach((i, reason) -> results.fail(batch.campaignId(), batch.task(), i, reason));
    units.done(batch.campaignId(), "score " + batch.task(), batch.unit(), done, failed, ref);
    return summary("scored", batch, done, failed, ref, reused);
  }

  private BatchSummary checked(
      PruneBatch batch, FidelityStage.Result result, ArtifactRef ref, boolean reused) {
    int failed = result.failures().size();
    int done = batch.to() - batch.from() - failed;
    result
        .failures()
        .forEach((i, reason) -> results.fail(batch.campaignId(), batch.task(), i, reason));
    results.put(batch.campaignId(), result.outcomes());
    units.done(batch.campaignId(), "fidelity " + batch.task(), batch.unit(), done, failed, ref);
    return summary("checked", batch, done, failed, ref, reused);
  }

  private static BatchSummary summary(
      String what, PruneBatch batch, int done, int failed, ArtifactRef ref, boolean reused) {
    LOG.info(
        "{} {} of {}: {} done, {} failed, {}",
        what,
        batch.unit(),
        batch.campaignId(),
        done,
        failed,
        reused ? "found" : "computed");
    return new BatchSummary(done, failed, ref, reused);
  }

  private Subject subject(CampaignSpec spec) {
    if (subject == null || !subject.spec().equals(spec.subject())) {
      unload();
      subject = Subject.load(spec.subject(), manager);
    }
    return subject;
  }

  private void unload() {
    if (subject != null) {
      subject.close();
      subject = null;
    }
  }

  private synchronized <T> T working(Function<Pulse, T> work) {
    try (Pulse pulse = Pulse.start()) {
      return work.apply(pulse);
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }

  @Override
  public synchronized void close() {
    unload();
    manager.close();
  }
}
