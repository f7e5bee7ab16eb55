package dev.piecrust.fade;

import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Draws the natural texts that are rated: a share of the very highest activating, the rest in equal
 * parts from the other strata, where a part does not come out even one more from the higher ones
 * (docs/method.md §8). No text twice; fewer where a stratum has fewer. The same seed draws the
 * same.
 */
public final class NaturalSamples {
  private static final List<Stratum> DESCENDING =
      List.of(Stratum.HIGHEST, Stratum.HIGH, Stratum.MIDDLE, Stratum.LOW);

  private final EvaluateSpec spec;
  private final Evidence evidence;
  private final Random random;
  private final List<Example> drawn = new ArrayList<>();
  private final Set<Integer> windows = new HashSet<>();
  private final Set<String> texts = new HashSet<>();

  private NaturalSamples(EvaluateSpec spec, Evidence evidence) {
    this.spec = spec;
    this.evidence = evidence;
    this.random = random(spec.seed(), evidence.feature());
  }

  /** The samples, in an order that says nothing of their activation. */
  public static List<Example> draw(EvaluateSpec spec, Evidence evidence) {
    return new NaturalSamples(spec, evidence).draw();
  }

  /** The random numbers of one feature's evaluation. */
  public static Random random(long seed, FeatureId feature) {
    return new Random(seed * 1_000_003L + feature.cantor() * 31);
  }

  private List<Example> draw() {
    int top = (int) Math.round(spec.ratedSamples() * spec.topShare());
    take(evidence.of(Stratum.TOP), top);
    int rest = spec.ratedSamples() - top;
    for (int i = 0; i < DESCENDING.size(); i++) {
      int share = rest / DESCENDING.size() + (i < rest % DESCENDING.size() ? 1 : 0);
      List<Example> stratum = new ArrayList<>(evidence.of(DESCENDING.get(i)));
      Collections.shuffle(stratum, random);
      take(stratum, share);
    }
    Collections.shuffle(drawn, random);
    return List.copyOf(drawn);
  }

  private void take(List<Example> candidates, int wanted) {
    int most = drawn.size() + wanted;
    for (Example candidate : candidates) {
      boolean fresh =
          !candidate.text().isBlank()
              && !windows.contains(candidate.window())
              && !texts.contains(candidate.text());
      if (fresh && drawn.size() < most) {
        windows.add(candidate.window());
        texts.add(candidate.text());
        drawn.add(candidate);
      }
    }
  }
}
