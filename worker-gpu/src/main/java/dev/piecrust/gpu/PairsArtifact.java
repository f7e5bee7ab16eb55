package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.PairFile;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;

/** A task's checked pairs in the artifact store, in the format of task files. */
final class PairsArtifact {
  private final ArtifactStore artifacts;

  PairsArtifact(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  ArtifactRef write(List<PromptPair> pairs) {
    return artifacts.put(out -> PairFile.write(pairs, out));
  }

  /** The pairs of one batch, in tokens. */
  List<TokenizedPair> read(PruneBatch batch, Tokenizer tokenizer) {
    List<PromptPair> pairs =
        LocalCopy.of(artifacts, batch.pairs(), f -> PairFile.read(f, batch.to()));
    List<TokenizedPair> tokenized = new ArrayList<>();
    for (int i = batch.from(); i < batch.to(); i++) {
      tokenized.add(PairChecks.check(pairs.get(i), tokenizer, batch.task() + " prompt " + i));
    }
    return tokenized;
  }
}
