package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What is left of a model's answers to tasks where a transcoder is in all MLPs' place. */
final class TaskScores {
  /** Prompts of a task, each of which goes through the replaced model once for each layer. */
  private static final int MOST_PROMPTS = 100;

  private final Transformer model;
  private final Said said;
  private final NDManager manager;

  TaskScores(Transformer model, Said said, NDManager manager) {
    this.model = model;
    this.said = said;
    this.manager = manager;
  }

  /**
   * Of each task, in the order of their names.
   *
   * @param tasks by name; prompts that are too long for the model do not count
   */
  List<Evaluation.Task> of(Map<String, List<TokenizedPair>> tasks, Consumer<String> progress) {
    List<Evaluation.Task> scores = new ArrayList<>();
    tasks.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              List<TokenizedPair> pairs =
                  tasks.getOrDefault(name, List.of()).stream()
                      .filter(pair -> pair.length() <= model.positions())
                      .limit(MOST_PROMPTS)
                      .toList();
              if (!pairs.isEmpty()) {
                scores.add(score(name, pairs, progress));
              }
            });
    return scores;
  }

  private Evaluation.Task score(String name, List<TokenizedPair> pairs, Consumer<String> progress) {
    double clean = 0;
    double replaced = 0;
    int right = 0;
    int stillRight = 0;
    for (int i = 0; i < pairs.size(); i++) {
      progress.accept("evaluates on task %s: prompt %d of %d".formatted(name, i + 1, pairs.size()));
      TokenizedPair pair = pairs.get(i);
      TokenBatch one = new TokenBatch(List.of(pair.clean()));
      try (NDManager scope = manager.newSubManager()) {
        double own = difference(scope, one, List.of(), pair);
        double said = difference(scope, one, this.said.replacing(scope, model, one), pair);
        clean += own;
        replaced += said;
        right += own > 0 ? 1 : 0;
        stillRight += said > 0 ? 1 : 0;
      }
    }
    double all = pairs.size();
    return new Evaluation.Task(
        name, pairs.size(), clean / all, replaced / all, right / all, stillRight / all);
  }

  /** By how much the right answer's logit is above the wrong one's. */
  private double difference(
      NDManager scope, TokenBatch one, List<NDArray> patch, TokenizedPair pair) {
    NDArray hidden = model.run(scope, one, patch); // [1, T, d]
    NDArray logits =
        model.unembed(hidden.get(new NDIndex("0, -1:"))).toType(DataType.FLOAT32, false); // [1, V]
    return (double) logits.getFloat(0, pair.right()) - logits.getFloat(0, pair.wrong());
  }
}
