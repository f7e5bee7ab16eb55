package dev.piecrust.workflow.evidence;

import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.workflow.SideBySide;
import dev.piecrust.workflow.gpu.Devices;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** The plan of evidence: a window of shards of the corpus, then what all of them gave. */
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
    scan(request, corpus, devices);
    if (next < corpus.windows()) {
      return Workflow.newContinueAsNewStub(EvidenceWorkflow.class)
          .collect(request.continuedAt(corpus, next, gate.hold()));
    }
    return devices.features(worker -> worker.collectEvidence(id));
  }

  /** Up to the last window, unless the history grows long. */
  private void scan(EvidenceRequest request, CorpusShards corpus, Devices devices) {
    next = request.next();
    left = corpus.from(next);
    SideBySide shards = new SideBySide();
    shards.during(
        () -> {
          while (next < corpus.windows() && !Workflow.getInfo().isContinueAsNewSuggested()) {
            shards.awaitFewerThan(devices::window);
            CorpusShard shard = corpus.at(request.campaignId(), next);
            next = shard.to();
            shards.start(
                () -> {
                  scan(shard, devices);
                  left--;
                });
          }
        });
    left = 1;
  }

  private static void scan(CorpusShard shard, Devices devices) {
    devices.features(
        worker -> {
          worker.scanCorpus(shard);
          return shard;
        });
  }

  @Override
  public void hold(PauseState hold) {
    gate.set(hold);
  }
}
