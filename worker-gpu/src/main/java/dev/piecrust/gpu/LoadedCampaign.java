package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.prune.method.Selectors;
import dev.piecrust.store.Stores;

/** A campaign with its subject in memory: what its units work with. */
record LoadedCampaign(
    CampaignSpec spec,
    Subject subject,
    Stores stores,
    PruneArtifacts artifacts,
    NDManager manager,
    OpenBatch open) {
  UnitKeys keys() {
    return new UnitKeys(subject.fingerprint(), spec.prune());
  }

  UnitWork work() {
    return new UnitWork(stores, artifacts.store());
  }

  PromptLoop loop() {
    return new PromptLoop(subject, spec.prune(), open);
  }

  /** Whether the spec has methods that choose, so that batches have a rerank unit. */
  boolean chooses() {
    return !new Selectors(spec.prune()).choosing().isEmpty();
  }
}
