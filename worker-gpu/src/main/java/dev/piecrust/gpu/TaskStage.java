package dev.piecrust.gpu;

import dev.piecrust.activity.PreparedTask;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.task.DocstringTask;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.PairFile;
import dev.piecrust.task.PromptPair;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code prepareTask}: the pairs of a task, generated or read, and checked one by one
 * (docs/method.md §4).
 */
final class TaskStage {
  private final PairsArtifact pairsArtifact;

  TaskStage(PairsArtifact pairsArtifact) {
    this.pairsArtifact = pairsArtifact;
  }

  PreparedTask prepare(TaskSpec task, PruneSpec prune, Tokenizer tokenizer) {
    List<PromptPair> pairs = pairs(task, tokenizer);
    for (int i = 0; i < pairs.size(); i++) {
      PairChecks.check(pairs.get(i), tokenizer, where(task, i));
    }
    return new PreparedTask(pairs.size(), prune.batch(), pairsArtifact.write(pairs));
  }

  static List<PromptPair> pairs(TaskSpec task, Tokenizer tokenizer) {
    return switch (task.kind()) {
      case IOI -> IoiTask.generate(tokenizer, task.prompts(), task.seed());
      case DOCSTRING -> DocstringTask.generate(tokenizer, task.prompts(), task.seed());
      case FILE -> PairFile.read(Path.of(task.path().orElseThrow()), task.prompts());
    };
  }

  private static String where(TaskSpec task, int index) {
    return task.path()
        .map(path -> PairFile.where(Path.of(path), index + 1))
        .orElse(task.name() + " prompt " + index);
  }
}
