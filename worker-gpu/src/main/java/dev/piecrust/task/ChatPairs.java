package dev.piecrust.task;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.chat.ChatTemplate;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Tokenizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Pairs of a built-in task as an instruct model is asked for them: the prompt is a user's turn, and
 * the answer the first token of the assistant's.
 *
 * @param template of the model's tokenizer
 * @param instruction in front of the prompt, on a line of its own; empty for none
 */
public record ChatPairs(ChatTemplate template, String instruction) {
  /** Asks for what a model that is no assistant would do by itself. */
  public static final String INSTRUCTION =
      "Continue the following text with its next word, and write nothing else.";

  /** So many times as many pairs as are wanted are tried before the tokenizer is taken as unfit. */
  private static final int PATIENCE = 32;

  /**
   * As {@link TaskGenerator#generate}, of those pairs whose answers are single tokens without a
   * space in front too.
   *
   * @throws dev.piecrust.failure.PieCrustException of category user where there are not enough, or
   *     the template refuses the conversation
   */
  public List<PromptPair> generate(TaskGenerator task, Tokenizer tokenizer, int n, long seed) {
    String reason = "";
    for (int times = 2; times <= PATIENCE; times *= 2) {
      List<PromptPair> fitting = new ArrayList<>();
      Set<String> seen = new HashSet<>();
      for (PromptPair plain : task.generate(tokenizer, times * n, seed)) {
        PromptPair pair = chat(plain);
        try {
          PairChecks.check(pair, tokenizer, "such as '" + plain.textClean() + "'");
        } catch (PieCrustException e) {
          reason = String.valueOf(e.getMessage());
          continue;
        }
        if (seen.add(pair.textClean()) && fitting.size() < n) {
          fitting.add(pair);
        }
      }
      if (fitting.size() == n) {
        return fitting;
      }
    }
    throw user(
        "%d prompts that fit the chat template cannot be found%s, expected fewer, or a model that"
            + " reads answers as single tokens",
        n, reason.isEmpty() ? "" : " (" + reason + ")");
  }

  private PromptPair chat(PromptPair plain) {
    return new PromptPair(
        turn(plain.textClean()),
        turn(plain.textCorr()),
        plain.ioClean().stripLeading(),
        plain.sClean().stripLeading());
  }

  private String turn(String prompt) {
    return template.prompt(instruction.isBlank() ? prompt : instruction + "\n" + prompt);
  }
}
