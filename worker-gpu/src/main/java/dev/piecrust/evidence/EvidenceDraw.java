package dev.piecrust.evidence;

import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.Stratum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Draws a feature's evidence from what is remembered of it. A window stands in one list alone: of
 * those at the top, which are all active, none is drawn for a lower stratum.
 */
public final class EvidenceDraw {
  private final CorpusWindows corpus;
  private final Quotas quotas;
  private final Lots lots;
  private final WindowTokens tokens;

  /**
   * Draws from one corpus.
   *
   * @param corpus the windows that the evidence was gathered from
   * @param quotas how many windows are wanted of each stratum
   * @param seed of the order among windows of equal activation, and of the draws
   * @param tokens of the model's tokenizer
   */
  public EvidenceDraw(CorpusWindows corpus, Quotas quotas, long seed, WindowTokens tokens) {
    this.corpus = corpus;
    this.quotas = quotas;
    this.lots = new Lots(seed);
    this.tokens = tokens;
  }

  /** The evidence of one feature of a state that has seen the whole corpus. */
  public Evidence evidence(EvidenceState state, int ordinal) {
    FeatureWindows seen = state.features().get(ordinal);
    int[] ranked = ranked(seen);
    Map<Integer, WindowHit> remembered = seen.remembered();
    int top = Math.min(quotas.top(), seen.size());
    List<Example> examples = new ArrayList<>();
    for (int r = 0; r < top; r++) {
      examples.add(example(ranked[r], Stratum.TOP, remembered.get(ranked[r])));
    }
    for (Stratum stratum : Ranks.LOWER) {
      int from = Math.max(top, Ranks.from(stratum, ranked.length));
      for (int window : drawn(seen, ranked, stratum, from, remembered)) {
        examples.add(example(window, stratum, remembered.get(window)));
      }
    }
    return new Evidence(seen.feature(), ranked.length, maxima(seen), examples);
  }

  private static List<Float> maxima(FeatureWindows seen) {
    List<Float> maxima = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      maxima.add(seen.maximum(i));
    }
    maxima.sort((a, b) -> Float.compare(b, a));
    return maxima;
  }

  /** All windows, those of the highest activation first; the inactive ones last. */
  private int[] ranked(FeatureWindows seen) {
    int windows = corpus.size();
    float[] maximum = new float[windows];
    for (int i = 0; i < seen.size(); i++) {
      maximum[seen.window(i)] = seen.maximum(i);
    }
    int[] byLot = sorted(0, windows, w -> lots.rank(seen.feature(), w));
    long[] keys = new long[windows];
    for (int i = 0; i < windows; i++) {
      // Bits of numbers that are not negative are in the order of the numbers.
      keys[i] = ((long) ~Float.floatToIntBits(maximum[byLot[i]]) << 32) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> byLot[(int) key]).toArray();
  }

  /** Windows of a stratum in the order in which they are drawn, as many as are wanted. */
  private List<Integer> drawn(
      FeatureWindows seen,
      int[] ranked,
      Stratum stratum,
      int from,
      Map<Integer, WindowHit> remembered) {
    int to = Ranks.to(stratum, ranked.length);
    return Arrays.stream(sorted(from, to, r -> lots.draw(seen.feature(), ranked[r])))
        .filter(r -> r >= seen.size() || remembered.containsKey(ranked[r]))
        .limit(quotas.of(stratum))
        .mapToObj(r -> ranked[r])
        .toList();
  }

  private interface Lot {
    long of(int item);
  }

  /** The numbers {@code from} to {@code to − 1}, by their lots. */
  private static int[] sorted(int from, int to, Lot lot) {
    if (from >= to) {
      return new int[0];
    }
    long mask = Math.max(1, Integer.highestOneBit(to)) * 2L - 1;
    long[] keys = new long[to - from];
    for (int i = from; i < to; i++) {
      keys[i - from] = (lot.of(i) & ~mask) | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) (key & mask)).toArray();
  }

  private Example example(int window, Stratum stratum, @Nullable WindowHit hit) {
    int[] ids = corpus.get(window);
    float[] all = new float[ids.length];
    if (hit != null) {
      for (int i = 0; i < hit.position().length; i++) {
        all[hit.position()[i]] = hit.value()[i];
      }
    }
    List<String> texts = new ArrayList<>();
    List<Float> activations = new ArrayList<>();
    for (int p = 0; p < ids.length; p++) {
      if (!tokens.isSpecial(ids[p])) {
        texts.add(tokens.text(ids[p]));
        activations.add(all[p]);
      }
    }
    return new Example(window, stratum, texts, activations);
  }
}
