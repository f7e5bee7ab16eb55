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
import java.util.stream.IntStream;

/**
 * One pass over a corpus for all features, in shards of a few hundred windows. Each is a checkpoint
 * of its own, which any device may leave: a pass that is cut off, or that many share, ends the
 * same.
 */
final class EvidencePass {
  /** Windows of a shard: what a kill loses at most. */
  static final int SHARD = 256;

  /** Features of the smallest shard of the draw. */
  private static final int DRAW = 64;

  /** The most shards of the draw, each of which reads what is noted of all windows once. */
  private static final int DRAWS = 16;

  /**
   * Tokens that go through the model together. Not a setting, and not what fits: the last bits of
   * sums depend on it.
   */
  private static final int TOKENS = 1024;

  private final LoadedCampaign campaign;
  private final FeatureArtifacts artifacts;
  private final OpenCorpus open;
  private final Wanted wanted;
  private final CorpusWindows corpus;
  private final Pulse pulse;
  private final WindowTokens tokens;

  /** Batches that run at a time: where the engine has one thread, one for every core. */
  private final int lanes;

  /**
   * What is looked for.
   *
   * @param campaignId for whom
   * @param key of all that decides the result
   */
  record Wanted(
      String campaignId,
      String key,
      List<FeatureId> features,
      Quotas quotas,
      long seed,
      CorpusWindows corpus) {
    /** Of some features. */
    EvidenceState nothing(int from, int to) {
      return EvidenceState.empty(features.subList(from, to), quotas, corpus.size(), seed);
    }
  }

  EvidencePass(
      LoadedCampaign campaign,
      FeatureArtifacts artifacts,
      OpenCorpus open,
      Wanted wanted,
      Pulse pulse) {
    this.campaign = campaign;
    this.artifacts = artifacts;
    this.open = open;
    this.wanted = wanted;
    this.corpus = wanted.corpus();
    this.pulse = pulse;
    this.tokens = new WindowTokens(campaign.subject().model().tokenizer());
    boolean oneThread = !campaign.manager().getDevice().isGpu() && TensorRuntime.threads() == 1;
    this.lanes = oneThread ? TensorRuntime.loopThreads() : 1;
  }

  /**
   * Draws the evidence of all features from the shards, of which those are scanned that nobody has.
   *
   * @return an artifact that says where each feature's evidence is
   */
  ArtifactRef collect() {
    List<FeatureArtifacts.Collected> collected = new ArrayList<>();
    int all = wanted.features().size();
    int each = draw(all);
    for (int from = 0; from < all; from += each) {
      collected.addAll(artifacts.collected().read(draw(from, Math.min(all, from + each))));
    }
    return artifacts.collected().write(collected);
  }

  /** How many features a shard of the draw has. */
  static int draw(int features) {
    return Math.max(DRAW, (features + DRAWS - 1) / DRAWS);
  }

  /** The evidence of some of the features; found where it was drawn before and is intact. */
  ArtifactRef draw(int from, int to) {
    String key = Checkpoints.key(wanted.key(), "draw", from, to);
    Checkpoints checkpoints = campaign.stores().checkpoints();
    return checkpoints
        .find(
            key,
            artifacts.store(),
            wanted.campaignId(),
            "evidence of features %d to %d".formatted(from, to))
        .filter(this::allIntact)
        .orElseGet(() -> checkpoints.put(key, drawn(from, to)));
  }

  private boolean allIntact(ArtifactRef collected) {
    return artifacts.collected().read(collected).stream()
        .allMatch(one -> artifacts.store().intact(one.evidence()));
  }

  /** What the features do on the windows of a shard; found where that was scanned before. */
  ArtifactRef scan(int from, int to) {
    String key = Checkpoints.key(wanted.key(), from, to);
    return campaign
        .stores()
        .checkpoints()
        .find(
            key,
            artifacts.store(),
            wanted.campaignId(),
            "evidence of windows %d to %d".formatted(from, to))
        .orElseGet(() -> campaign.stores().checkpoints().put(key, scanned(from, to)));
  }

  private WindowScan encoderOf(NDManager scope) {
    return new WindowScan(
        campaign.subject().model(),
        campaign.subject().transcoder().encoderOf(scope, wanted.features()),
        tokens);
  }

  private ArtifactRef scanned(int from, int to) {
    WindowScan scan = open.scan(wanted.key(), this::encoderOf);
    EvidenceState shard = wanted.nothing(0, wanted.features().size());
    int together =
        Math.max(1, TOKENS / IntStream.range(from, to).map(this::length).max().orElse(1));
    List<int[]> windows = IntStream.range(from, to).mapToObj(corpus::get).toList();
    for (int first = 0; first < windows.size(); first += lanes * together) {
      pulse.check(
          String.format(Locale.ROOT, "evidence: %,d of %,d windows", from + first, corpus.size()));
      int last = Math.min(windows.size(), first + lanes * together);
      int window = from + first;
      for (List<FeatureHit> hits :
          sideBySide(scan, campaign.manager(), windows.subList(first, last), together)) {
        shard.add(window++, hits);
      }
    }
    return artifacts.store().put(shard::write);
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

  private void add(EvidenceState state, ArtifactRef shard, int first) {
    try (InputStream in = artifacts.store().open(shard)) {
      state.addWritten(in, wanted.features().size(), first);
    } catch (IOException e) {
      throw PieCrustException.external("artifact " + shard.sha256() + " cannot be read", e);
    }
  }

  private ArtifactRef drawn(int from, int to) {
    EvidenceState state = wanted.nothing(from, to);
    for (int window = 0; window < corpus.size(); window += SHARD) {
      add(state, scan(window, Math.min(corpus.size(), window + SHARD)), from);
    }
    List<FeatureId> features = wanted.features().subList(from, to);
    EvidenceDraw draw = new EvidenceDraw(corpus, wanted.quotas(), wanted.seed(), tokens);
    WrittenTokens written =
        new WrittenTokens(campaign.subject().model(), campaign.subject().transcoder());
    List<FeatureArtifacts.Collected> collected = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      pulse.check(
          String.format(
              Locale.ROOT,
              "evidence: drawn for %,d of %,d features",
              from + i,
              wanted.features().size()));
      FeatureId feature = features.get(i);
      Evidence evidence = draw.evidence(state, i).writing(written.of(campaign.manager(), feature));
      collected.add(
          new FeatureArtifacts.Collected(feature, artifacts.evidence().write(List.of(evidence))));
    }
    return artifacts.collected().write(collected);
  }
}
