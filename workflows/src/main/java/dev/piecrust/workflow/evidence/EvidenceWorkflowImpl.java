package dev.piecrust.workflow.evidence;

import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.workflow.SideBySide;
import dev.piecrust.workflow.gpu.Devices;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plan of evidence: a window of shards of the corpus, then of the features for which it is
 * drawn, then what all of them gave.
 */
public final class EvidenceWorkflowImpl implements EvidenceWorkflow {
  private final PauseControl gate = new PauseControl();
  private int next;
  private int left = 1;

  @Override
  public EvidenceSummary collect(EvidenceRequest request) {
    gate.begin(request.hold());
    Devices devices = Devices.of(request.campaignId(), Optional.of(request.queue()), gate);
    return devices.during(() -> left, () -> collect(request, devices));
  }

  private EvidenceSummary collect(EvidenceRequest request, Devices devices) {
    String id = request.campaignId();
    CorpusShards corpus =
        request.corpus().orElseGet(() -> devices.features(worker -> worker.openCorpus(id)));
    next = request.next();
    left = corpus.from(Math.min(next, corpus.windows()));
    during(
        devices,
        corpus.windows(),
        () -> {
          CorpusShard shard = corpus.at(id, next);
          next = shard.to();
          return () -> scan(shard, devices);
        });
    if (next >= corpus.windows()) {
      left = corpus.draws(next - corpus.windows());
      during(
          devices,
          corpus.windows() + corpus.features(),
          () -> {
            FeatureShard shard = corpus.drawAt(id, next - corpus.windows());
            next = corpus.windows() + shard.to();
            return () -> draw(shard, devices);
          });
    }
    left = 1;
    if (next < corpus.windows() + corpus.features()) {
      return Workflow.newContinueAsNewStub(EvidenceWorkflow.class)
          .collect(request.continuedAt(corpus, next, gate.hold()));
    }
    return devices.features(worker -> worker.collectEvidence(id));
  }

  /** Shards side by side up to the last, unless the history grows long. */
  private void during(Devices devices, int end, Supplier<Runnable> takes) {
    SideBySide shards = new SideBySide();
    shards.during(
        () -> {
          while (next < end && !Workflow.getInfo().isContinueAsNewSuggested()) {
            shards.awaitFewerThan(devices::window);
            Runnable shard = takes.get();
            shards.start(
                () -> {
                  shard.run();
                  left--;
                });
          }
        });
  }

  private static void scan(CorpusShard shard, Devices devices) {
    devices.features(
        worker -> {
          worker.scanCorpus(shard);
          return shard;
        });
  }

  private static void draw(FeatureShard shard, Devices devices) {
    devices.features(
        worker -> {
          worker.drawEvidence(shard);
          return shard;
        });
  }

  @Override
  public void hold(PauseState hold) {
    gate.set(hold);
  }
}
