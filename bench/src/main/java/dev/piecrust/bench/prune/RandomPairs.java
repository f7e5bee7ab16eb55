package dev.piecrust.bench.prune;

import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TokenizedPair;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prompts of random tokens. */
final class RandomPairs {
  private RandomPairs() {}

  static List<int[]> prompts(BenchShape shape, int count, long seed) {
    Random random = new Random(seed);
    return Stream.generate(
            () ->
                IntStream.range(0, shape.tokens())
                    .map(p -> p == 0 ? 0 : random.nextInt(shape.vocabulary()))
                    .toArray())
        .limit(count)
        .toList();
  }

  static List<TokenizedPair> of(BenchShape shape) {
    List<int[]> clean = prompts(shape, shape.prompts(), 1);
    List<int[]> corrupted = prompts(shape, shape.prompts(), 2);
    PromptPair text = new PromptPair("a", "b", "a", "b");
    return IntStream.range(0, shape.prompts())
        .mapToObj(b -> new TokenizedPair(text, clean.get(b), corrupted.get(b), 2, 3))
        .toList();
  }
}
