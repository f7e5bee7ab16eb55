/**
 * Pruning (docs/method.md §5, §6): scores of feature occurrences, keep sets, and how much of the
 * model's own output survives where all others are removed.
 *
 * <p>It is a library too, without campaigns or a database. This scores one prompt and prints the
 * ten occurrences that {@code fap} keeps:
 *
 * <pre>{@code
 * PromptPair pair =
 *     new PromptPair(
 *         "When Mary and John met at the park, John handed the ring to",
 *         "When Anna and Peter met at the park, David handed the ring to",
 *         " Mary", // the right answer
 *         " John"); // the wrong one
 * PruneSpec spec = PruneSpec.defaults();
 * try (LoadedSubject subject = LoadedSubject.open(model, transcoder);
 *     PruningBatch batch = subject.batch(List.of(pair), spec.corruption())) {
 *   float[] scores = ScoringMethods.runs(Method.FAP, spec).get(0).score(batch).get(0);
 *   Occurrences occurrences = batch.occurrences(0);
 *   int[] kept = KeepSet.best(occurrences, KeepSet.ranking(scores), 10, Scope.GLOBAL);
 *   for (KeptOccurrence one : occurrences.kept(kept, scores)) {
 *     String token = subject.model().tokenizer().token(batch.pair(0).clean()[one.position()]);
 *     out.printf("L%d/%d at '%s': %.4f%n", one.layer(), one.feature(), token, one.score());
 *   }
 * }
 * }</pre>
 *
 * <p>From there, {@link dev.piecrust.prune.FidelityCheck} on a {@link dev.piecrust.prune.PromptRun}
 * of the batch measures keep sets, and {@link dev.piecrust.prune.method.Selectors} has the methods
 * that choose instead of scoring.
 */
@NullMarked
package dev.piecrust.prune;

import org.jspecify.annotations.NullMarked;
