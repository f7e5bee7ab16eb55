package dev.piecrust.library;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.Scope;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.prune.KeepSet;
import dev.piecrust.prune.LoadedSubject;
import dev.piecrust.prune.Occurrences;
import dev.piecrust.prune.PruningBatch;
import dev.piecrust.prune.method.ScoringMethods;
import dev.piecrust.task.PromptPair;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The numerics as a library: the example of {@link dev.piecrust.prune}, in a package that sees
 * nothing but what is public.
 */
final class ScoreOnePrompt {
  private ScoreOnePrompt() {}

  static void print(Path model, Path transcoder, PrintStream out) {
    PromptPair pair =
        new PromptPair(
            "When Mary and John met at the park, John handed the ring to",
            "When Anna and Peter met at the park, David handed the ring to",
            " Mary", // the right answer
            " John"); // the wrong one
    PruneSpec spec = PruneSpec.defaults();
    try (LoadedSubject subject = LoadedSubject.open(model, transcoder);
        PruningBatch batch = subject.batch(List.of(pair), spec.corruption())) {
      float[] scores = ScoringMethods.runs(Method.FAP, spec).get(0).score(batch).get(0);
      Occurrences occurrences = batch.occurrences(0);
      int[] kept = KeepSet.best(occurrences, KeepSet.ranking(scores), 10, Scope.GLOBAL);
      for (KeptOccurrence one : occurrences.kept(kept, scores)) {
        String token = subject.model().tokenizer().token(batch.pair(0).clean()[one.position()]);
        out.printf("L%d/%d at '%s': %.4f%n", one.layer(), one.feature(), token, one.score());
      }
    }
  }
}
