package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Multiple choice with the answer in the question (copied colours, Wiegreffe et al. 2024): the
 * answer is the letter of the colour that was named; in the corruption that colour has changed
 * places with another, whose letter is the wrong answer.
 */
final class ChoiceTask {
  private static final List<String> THINGS =
      List.of(
          "box", "car", "cup", "door", "book", "house", "ball", "chair", "table", "bag", "coat");

  private static final List<String> COLOURS =
      List.of(
          "red", "blue", "green", "black", "white", "brown", "yellow", "pink", "purple", "gray");

  private static final List<String> LETTERS = List.of("A", "B", "C", "D");

  private ChoiceTask() {}

  static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    OneTokenWords colours =
        OneTokenWords.of(tokenizer, COLOURS, LETTERS.size(), "colours of the multiple-choice task");
    return FittingPairs.draw(tokenizer, n, "multiple-choice", () -> pair(random, colours));
  }

  private static PromptPair pair(RandomGenerator random, OneTokenWords colours) {
    String thing = THINGS.get(random.nextInt(THINGS.size()));
    List<String> choices = new ArrayList<>(colours.draw(random, LETTERS.size()));
    int right = random.nextInt(LETTERS.size());
    int wrong = (right + random.nextInt(1, LETTERS.size())) % LETTERS.size();
    String named = choices.get(right);
    String clean = prompt(thing, named, choices);
    Collections.swap(choices, right, wrong);
    return new PromptPair(
        clean, prompt(thing, named, choices), " " + LETTERS.get(right), " " + LETTERS.get(wrong));
  }

  private static String prompt(String thing, String colour, List<String> choices) {
    StringBuilder text =
        new StringBuilder("The %s is %s. What color is the %s?".formatted(thing, colour, thing));
    for (int i = 0; i < choices.size(); i++) {
      text.append("\n").append(LETTERS.get(i)).append(". ").append(choices.get(i));
    }
    return text.append("\nAnswer:").toString();
  }
}
