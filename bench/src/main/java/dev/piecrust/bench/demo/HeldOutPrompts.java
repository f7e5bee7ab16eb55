package dev.piecrust.bench.demo;

import dev.piecrust.model.Tokenizer;
import dev.piecrust.task.DocstringTask;
import dev.piecrust.task.IoiTask;
import dev.piecrust.task.PromptPair;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The prompts that the demo model never sees in training: the first {@value #COUNT} of seed {@value
 * #SEED} of either task.
 */
public final class HeldOutPrompts {
  /** Seed of the held-out prompts, and of the demo campaign. */
  public static final long SEED = 1000;

  /** Held-out prompts a task. */
  public static final int COUNT = 500;

  private final List<PromptPair> ioi;
  private final List<PromptPair> docstring;
  private final Set<String> starts = new HashSet<>();

  HeldOutPrompts(Tokenizer tokenizer) {
    ioi = IoiTask.generate(tokenizer, COUNT, SEED);
    docstring = DocstringTask.generate(tokenizer, COUNT, SEED);
    ioi.forEach(pair -> starts.add(pair.textClean()));
    docstring.forEach(pair -> starts.add(signature(pair.textClean())));
  }

  List<PromptPair> ioi() {
    return ioi;
  }

  List<PromptPair> docstring() {
    return docstring;
  }

  /** Whether the document contains a held-out sentence, or a function of a held-out signature. */
  boolean occurIn(String document) {
    if (document.startsWith("def ")) {
      return starts.contains(signature(document));
    }
    return starts.stream().anyMatch(document::startsWith);
  }

  private static String signature(String function) {
    return function.substring(0, function.indexOf('\n'));
  }
}
