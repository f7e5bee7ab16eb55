package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.Pulse;
import dev.piecrust.evidence.CorpusWindows;
import dev.piecrust.evidence.EvidenceDraw;
import dev.piecrust.evidence.EvidenceState;
import dev.piecrust.evidence.Quotas;
import dev.piecrust.evidence.WindowScan;
import dev.piecrust.evidence.WindowTokens;
import dev.piecrust.evidence.WrittenTokens;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Transformer;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.tensor.Parallel;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.FeatureHit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One pass over a corpus for all features. Every part of a few hundred windows is a checkpoint of
 * its own, so that a pass which is cut off goes on where it was, and ends the same.
 */
final class EvidencePass {
  /** Windows of a part: what a kill loses at most. */
  private static final int PART = 256;

  /**
   * Tokens that go through the model together. Not a setting, and not what fits: the last bits of
   * sums depend on it.
   */
  private static final int TOKENS = 1024;

  private final LoadedCampaign campaign;
  private final FeatureArtifacts artifacts;
  private final CorpusWindows corpus;
  private final Pulse pulse;
  private final WindowTokens tokens;

  /** Batches that run at a time: where the engine has one thread, one for every core. */
  private final int lanes;

  EvidencePass(
      LoadedCampaign campaign, FeatureArtifacts artifacts, CorpusWindows corpus, Pulse pulse) {
    this.campaign = campaign;
    this.artifacts = artifacts;
    this.corpus = corpus;
    this.pulse = pulse;
    this.tokens = new WindowTokens(campaign.subject().model().tokenizer());
    boolean oneThread = !campaign.manager().getDevice().isGpu() && TensorRuntime.threads() == 1;
    this.lanes = oneThread ? TensorRuntime.loopThreads() : 1;
  }

  /**
   * Collects and draws the evidence of all features.
   *
   * @param key of all that decides the result
   * @return an artifact that says where each feature's evidence is
   */
  ArtifactRef run(String key, List<FeatureId> features, Quotas quotas, long seed) {
    EvidenceState state = EvidenceState.empty(features, quotas, corpus.size(), seed);
    try (NDManager scope = campaign.manager().newSubManager()) {
      Transformer model = campaign.subject().model();
      WindowScan scan =
          new WindowScan(model, campaign.subject().transcoder().encoderOf(scope, features), tokens);
      for (int from = 0; from < corpus.size(); from += PART) {
        int to = Math.min(corpus.size(), from + PART);
        EvidenceState part = EvidenceState.empty(features, quotas, corpus.size(), seed);
        add(state, part(scan, scope, Checkpoints.key(key, from, to), part, from, to));
      }
    }
    return draw(state, features, quotas, seed);
  }

  private ArtifactRef part(
      WindowScan scan, NDManager manager, String key, EvidenceState part, int from, int to) {
    Optional<ArtifactRef> before = campaign.stores().checkpoints().find(key, artifacts.store());
    if (before.isPresent()) {
      return before.get();
    }
    int together =
        Math.max(1, TOKENS / IntStream.range(from, to).map(this::length).max().orElse(1));
    List<int[]> windows = IntStream.range(from, to).mapToObj(corpus::get).toList();
    for (int first = 0; first < windows.size(); first += lanes * together) {
      pulse.check(
          String.format(Locale.ROOT, "evidence: %,d of %,d windows", from + first, corpus.size()));
      int last = Math.min(windows.size(), first + lanes * together);
      int window = from + first;
      for (List<FeatureHit> hits :
          sideBySide(scan, manager, windows.subList(first, last), together)) {
        part.add(window++, hits);
      }
    }
    return campaign.stores().checkpoints().put(key, artifacts.store().put(part::write));
  }

  /** Batches, each the same whichever others run beside it. */
  private static List<List<FeatureHit>> sideBySide(
      WindowScan scan, NDManager manager, List<int[]> windows, int together) {
    int batches = (windows.size() + together - 1) / together;
    List<List<List<FeatureHit>>> found = new ArrayList<>(Collections.nCopies(batches, List.of()));
    Parallel.run(
        batches,
        () -> manager,
        (parent, i) -> {
          int last = Math.min(windows.size(), (i + 1) * together);
          found.set(i, hits(scan, parent, windows.subList(i * together, last)));
        });
    return found.stream().flatMap(List::stream).toList();
  }

  private int length(int window) {
    return corpus.get(window).length;
  }

  private static List<List<FeatureHit>> hits(
      WindowScan scan, NDManager manager, List<int[]> windows) {
    return Halving.run(
        windows.size(),
        windows.size(),
        (first, last) -> scan.hits(manager, windows.subList(first, last)),
        EvidencePass::joined,
        (item, reason) -> {
          throw PieCrustException.resources(
              "a window of %d tokens %s", windows.get(item).length, reason);
        });
  }

  private static List<List<FeatureHit>> joined(List<List<FeatureHit>> a, List<List<FeatureHit>> b) {
    List<List<FeatureHit>> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private void add(EvidenceState state, ArtifactRef part) {
    try (InputStream in = artifacts.store().open(part)) {
      state.addWritten(in);
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + part.sha256() + " cannot be read", e);
    }
  }

  private ArtifactRef draw(
      EvidenceState state, List<FeatureId> features, Quotas quotas, long seed) {
    EvidenceDraw draw = new EvidenceDraw(corpus, quotas, seed, tokens);
    WrittenTokens written =
        new WrittenTokens(campaign.subject().model(), campaign.subject().transcoder());
    List<FeatureArtifacts.Collected> collected = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      pulse.check(
          String.format(
              Locale.ROOT, "evidence: drawn for %,d of %,d features", i, features.size()));
      FeatureId feature = features.get(i);
      Evidence evidence = draw.evidence(state, i).writing(written.of(campaign.manager(), feature));
      collected.add(
          new FeatureArtifacts.Collected(feature, artifacts.evidence().write(List.of(evidence))));
    }
    return artifacts.collected().write(collected);
  }
}
