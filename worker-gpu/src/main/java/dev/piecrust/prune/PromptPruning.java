package dev.piecrust.prune;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.task.PromptPair;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** From one prompt's scores to its fidelity at every budget of every method. */
public final class PromptPruning {
  private final PruneSpec spec;
  private final Occurrences occurrences;
  private final FidelityCheck check;
  private final Optional<Readout> readout;

  /** Where nobody wants to read what the model expects. */
  public PromptPruning(PruneSpec spec, Occurrences occurrences, FidelityCheck check) {
    this(spec, occurrences, check, Optional.empty());
  }

  /**
   * Of one prompt.
   *
   * @param spec whose budgets and scope hold
   * @param occurrences of the prompt, clean and corrupted run together
   * @param check measures on the same prompt
   * @param readout for what the model expects, where that is to be part of the outcome
   */
  public PromptPruning(
      PruneSpec spec, Occurrences occurrences, FidelityCheck check, Optional<Readout> readout) {
    this.spec = spec;
    this.occurrences = occurrences;
    this.check = check;
    this.readout = readout;
  }

  /**
   * Measures a method that ranks.
   *
   * @param runs scores by occurrence, one array for each run (seed) of the method
   */
  public PromptOutcome ranked(
      String task, int index, PromptPair pair, Method method, List<float[]> runs) {
    SortedSet<Integer> budgets = budgets(method);
    return chosen(
        task,
        index,
        pair,
        method,
        runs.stream()
            .map(scores -> KeepSet.selection(occurrences, scores, budgets, spec.scope()))
            .toList());
  }

  /**
   * Measures a method's keep sets.
   *
   * @param runs one for each run (seed) of the method, all at the same budgets
   */
  public PromptOutcome chosen(
      String task, int index, PromptPair pair, Method method, List<Selection> runs) {
    Set<Integer> budgets = runs.get(0).kept().keySet();
    List<int[]> keepSets = new ArrayList<>(); // run by run, budget by budget
    runs.forEach(run -> keepSets.addAll(run.kept().values()));
    List<FidelityCheck.Patched> measured = check.read(keepSets);
    SortedMap<Integer, Fidelity> fidelity = new TreeMap<>();
    SortedMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
    SortedMap<Integer, TopTokens> patched = new TreeMap<>();
    int b = 0;
    for (int budget : budgets) {
      int first = b++;
      fidelity.put(
          budget,
          mean(
              Stream.iterate(first, i -> i < measured.size(), i -> i + budgets.size())
                  .map(i -> measured.get(i).fidelity())
                  .toList()));
      if (spec.budgets().contains(budget)) {
        kept.put(budget, occurrences.kept(keepSets.get(first), runs.get(0).scores()));
        patched.put(budget, measured.get(first).top());
      }
    }
    return new PromptOutcome(
        task,
        index,
        sha1(pair.textClean()),
        method.label(),
        occurrences.size(),
        fidelity,
        kept,
        readout.map(words -> words.predictions(patched)));
  }

  /**
   * The spec's budgets; for {@code random} also doublings up to the number of occurrences
   * (docs/method.md §6).
   */
  private SortedSet<Integer> budgets(Method method) {
    SortedSet<Integer> budgets = new TreeSet<>(spec.budgets());
    if (method == Method.RANDOM) {
      int k = budgets.last();
      while (k < occurrences.size()) {
        k *= 2;
        budgets.add(k);
      }
    }
    return budgets;
  }

  private static String sha1(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private static Fidelity mean(List<Fidelity> runs) {
    double n = runs.size();
    return new Fidelity(
        runs.stream().mapToDouble(Fidelity::klLast).sum() / n,
        runs.stream().mapToDouble(Fidelity::klAll).sum() / n,
        runs.stream().mapToDouble(Fidelity::predChanged).sum() / n,
        runs.stream().map(Fidelity::faithfulness).anyMatch(Objects::isNull)
            ? null
            : runs.stream().map(Fidelity::faithfulness).mapToDouble(v -> v).sum() / n,
        runs.stream().map(Fidelity::completeness).anyMatch(Objects::isNull)
            ? null
            : runs.stream().map(Fidelity::completeness).mapToDouble(v -> v).sum() / n,
        runs.get(0).metricClean(),
        runs.get(0).metricEmpty());
  }
}
