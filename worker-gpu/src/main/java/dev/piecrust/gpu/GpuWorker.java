package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.Failures;
import dev.piecrust.store.Stores;
import dev.piecrust.tensor.TensorRuntime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The GPU activities of one worker. It holds one subject and one batch at a time and does one thing
 * at a time, as the device does.
 */
public final class GpuWorker implements GpuActivities, FeatureActivities, AutoCloseable {
  private final Stores stores;
  private final PruneArtifacts artifacts;
  private final FeatureArtifacts features;
  private final String queue;
  private final TensorRuntime runtime;
  private final NDManager manager;
  private final OpenBatch open;
  private @Nullable Subject subject;

  /**
   * @param queue the worker's own task queue
   */
  public GpuWorker(Stores stores, ArtifactStore artifacts, String queue) {
    this.stores = stores;
    this.artifacts = PruneArtifacts.in(artifacts);
    this.features = FeatureArtifacts.in(artifacts);
    this.queue = queue;
    this.runtime = TensorRuntime.start();
    this.manager = runtime.newManager();
    this.open = new OpenBatch(manager);
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return working(
        pulse -> {
          Subject loaded = subject(stores.campaigns().spec(campaignId));
          stores.campaigns().fingerprint(campaignId, loaded.fingerprint());
          return new GpuSession(queue, loaded.fingerprint(), runtime.device().toString());
        });
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return working(
        pulse -> {
          CampaignSpec spec = stores.campaigns().spec(task.campaignId());
          return new TaskStage(artifacts.pairs())
              .prepare(spec.task(task.task()), spec.prune(), subject(spec).model().tokenizer());
        });
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return working(pulse -> new BatchUnits(loaded(batch), batch, pulse).score());
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    return working(pulse -> new BatchUnits(loaded(batch), batch, pulse).rerank());
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return working(pulse -> new BatchUnits(loaded(batch), batch, pulse).fidelity());
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch task) {
    return working(pulse -> new TaskUnits(loaded(task), task, pulse).circuits());
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    return working(pulse -> new TaskUnits(loaded(batch), batch, pulse).heldOut());
  }

  @Override
  public EvidenceSummary collectEvidence(String campaignId) {
    return working(
        pulse -> new EvidenceStage(loaded(campaignId), features, campaignId, pulse).collect());
  }

  @Override
  public void activateTexts(FeatureUnit unit) {
    working(
        pulse -> {
          new FeatureUnits(loaded(unit.campaignId()), features, unit, pulse).activate();
          return unit;
        });
  }

  @Override
  public void steerFeature(FeatureUnit unit) {
    working(
        pulse -> {
          new FeatureUnits(loaded(unit.campaignId()), features, unit, pulse).steer();
          return unit;
        });
  }

  private LoadedCampaign loaded(PruneBatch batch) {
    return loaded(batch.campaignId());
  }

  private LoadedCampaign loaded(String campaignId) {
    CampaignSpec spec = stores.campaigns().spec(campaignId);
    return new LoadedCampaign(spec, subject(spec), stores, artifacts, manager, open);
  }

  private Subject subject(CampaignSpec spec) {
    if (subject == null || !subject.spec().equals(spec.subject())) {
      unload();
      subject = Subject.load(spec.subject(), spec.prune(), manager);
    }
    return subject;
  }

  private void unload() {
    open.close();
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
