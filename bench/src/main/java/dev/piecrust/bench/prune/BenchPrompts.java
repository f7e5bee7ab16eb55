package dev.piecrust.bench.prune;

import dev.piecrust.model.Tokenizer;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.TokenizedPair;
import java.nio.file.Path;
import java.util.List;

/** Where a benchmark's prompts come from. */
public enum BenchPrompts {
  /** Random tokens, as many in each prompt as the shape says. */
  RANDOM {
    @Override
    List<TokenizedPair> pairs(BenchShape shape, Path model) {
      return RandomPairs.of(shape);
    }
  },
  /** Sentences of the IOI task, read by the model's tokenizer. */
  IOI {
    @Override
    List<TokenizedPair> pairs(BenchShape shape, Path model) {
      try (Tokenizer tokenizer = Tokenizer.load(model)) {
        return IoiTask.generate(tokenizer, shape.prompts(), 0).stream()
            .map(pair -> PairChecks.check(pair, tokenizer, "a generated ioi prompt"))
            .toList();
      }
    }
  };

  /** As many pairs as the shape says, for the model in a folder. */
  abstract List<TokenizedPair> pairs(BenchShape shape, Path model);
}
