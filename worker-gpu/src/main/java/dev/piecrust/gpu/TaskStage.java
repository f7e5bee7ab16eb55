package dev.piecrust.gpu;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.Pulse;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.model.Tokenizer;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.ModelAccuracy;
import dev.piecrust.task.PairChecks;
import dev.piecrust.task.PairFile;
import dev.piecrust.task.PromptPair;
import dev.piecrust.task.TaskGenerator;
import dev.piecrust.task.TokenizedPair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * {@code prepareTask}: the pairs of a task, generated or read, and checked one by one
 * (docs/method.md §4).
 */
final class TaskStage {
  private final LoadedCampaign campaign;
  private final TaskSpec task;

  TaskStage(LoadedCampaign campaign, TaskSpec task) {
    this.campaign = campaign;
    this.task = task;
  }

  /**
   * Writes the pairs and records how many of them the untouched model answers.
   *
   * @param campaignId where that is recorded
   */
  PreparedTask prepare(String campaignId, Pulse pulse) {
    Transformer model = campaign.subject().model();
    List<PromptPair> pairs = pairs(task, model.tokenizer());
    List<TokenizedPair> tokenized = checked(task, pairs, model.tokenizer());
    BitSet solved = new ModelAccuracy(model).solved(campaign.manager(), tokenized, pulse::check);
    TaskAccuracy accuracy = new TaskAccuracy(pairs.size(), solved.cardinality(), task.onlySolved());
    campaign.stores().results().accuracy(campaignId, task.name(), accuracy);
    campaign
        .stores()
        .campaigns()
        .eventOnce(campaignId, "accuracy", task.name() + ": " + accuracy.words());
    List<PromptPair> kept =
        task.onlySolved() ? solved.stream().mapToObj(pairs::get).toList() : pairs;
    if (kept.isEmpty()) {
      throw user(
          "task %s: the model prefers the wrong answer on all %d prompts, expected some that it"
              + " answers, or a task without only_solved",
          task.name(), pairs.size());
    }
    return new PreparedTask(
        kept.size(), campaign.spec().prune().batch(), campaign.artifacts().pairs().write(kept));
  }

  /** The pairs of a task, as the model reads them. */
  static List<TokenizedPair> checked(TaskSpec task, Tokenizer tokenizer) {
    return checked(task, pairs(task, tokenizer), tokenizer);
  }

  private static List<TokenizedPair> checked(
      TaskSpec task, List<PromptPair> pairs, Tokenizer tokenizer) {
    List<TokenizedPair> tokenized = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      tokenized.add(PairChecks.check(pairs.get(i), tokenizer, where(task, i)));
    }
    return tokenized;
  }

  static List<PromptPair> pairs(TaskSpec task, Tokenizer tokenizer) {
    return task.kind() == TaskKind.FILE
        ? PairFile.read(Path.of(task.path().orElseThrow()), task.prompts())
        : TaskGenerator.of(task.kind()).generate(tokenizer, task.prompts(), task.seed());
  }

  private static String where(TaskSpec task, int index) {
    return task.path()
        .map(path -> PairFile.where(Path.of(path), index + 1))
        .orElse(task.name() + " prompt " + index);
  }
}
