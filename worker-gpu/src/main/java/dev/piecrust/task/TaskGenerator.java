package dev.piecrust.task;

import dev.piecrust.campaign.TaskKind;
import dev.piecrust.model.Tokenizer;
import java.util.List;

/** Makes the prompt pairs of a built-in task (docs/method.md §4). */
@FunctionalInterface
public interface TaskGenerator {
  /**
   * Pairs that depend on the tokenizer, the seed and their index alone, so that a longer list of
   * the same seed starts with the shorter one. No prompt comes twice while there are fresh ones.
   *
   * @param n how many
   * @throws dev.piecrust.failure.PieCrustException of category user where the tokenizer does not
   *     read the task's words as single tokens
   */
  List<PromptPair> generate(Tokenizer tokenizer, int n, long seed);

  /**
   * The generator of a kind.
   *
   * @throws IllegalArgumentException for {@link TaskKind#FILE}, which is read
   */
  static TaskGenerator of(TaskKind kind) {
    return switch (kind) {
      case IOI -> IoiTask::generate;
      case DOCSTRING -> DocstringTask::generate;
      case GREATER_THAN -> GreaterThanTask::generate;
      case SVA -> AgreementTask.SIMPLE;
      case SVA_NOUN_PP -> AgreementTask.NOUN_PP;
      case SVA_RC -> AgreementTask.RELATIVE_CLAUSE;
      case GENDERED_PRONOUN -> PronounTask::generate;
      case CAPITAL_COUNTRY -> CapitalTask::generate;
      case ARITHMETIC -> ArithmeticTask::generate;
      case MULTIPLE_CHOICE -> ChoiceTask::generate;
      case FILE -> throw new IllegalArgumentException("a file is read, not generated");
    };
  }
}
