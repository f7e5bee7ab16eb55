package dev.piecrust.task;

import dev.piecrust.model.Tokenizer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Capitals of countries: the answer is the capital of the country that the prompt names, the wrong
 * one that of the country that the corruption names.
 */
final class CapitalTask {
  private static final List<String> COUNTRIES =
      List.of(
          "France Paris",
          "Germany Berlin",
          "Italy Rome",
          "Spain Madrid",
          "Japan Tokyo",
          "China Beijing",
          "Russia Moscow",
          "England London",
          "Egypt Cairo",
          "Greece Athens",
          "Cuba Havana",
          "Austria Vienna",
          "Poland Warsaw",
          "Portugal Lisbon",
          "Sweden Stockholm",
          "Norway Oslo",
          "Finland Helsinki",
          "Ireland Dublin",
          "Turkey Ankara",
          "Iran Tehran",
          "Iraq Baghdad",
          "Syria Damascus",
          "Thailand Bangkok",
          "Vietnam Hanoi",
          "Canada Ottawa",
          "Peru Lima",
          "Kenya Nairobi",
          "Hungary Budapest",
          "Belgium Brussels",
          "Denmark Copenhagen",
          "Lebanon Beirut",
          "Afghanistan Kabul",
          "Venezuela Caracas",
          "Scotland Edinburgh");

  private static final List<String> TEMPLATES =
      List.of(
          "The capital of {C} is the city of",
          "The name of the capital of {C} is",
          "We flew to {C} and stayed in its capital,",
          "The government of {C} sits in");

  private CapitalTask() {}

  static List<PromptPair> generate(Tokenizer tokenizer, int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return FittingPairs.draw(tokenizer, n, "capital-country", () -> pair(random));
  }

  private static PromptPair pair(RandomGenerator random) {
    String template = TEMPLATES.get(random.nextInt(TEMPLATES.size()));
    int right = random.nextInt(COUNTRIES.size());
    int wrong = (right + random.nextInt(1, COUNTRIES.size())) % COUNTRIES.size();
    String[] asked = COUNTRIES.get(right).split(" ", -1);
    String[] other = COUNTRIES.get(wrong).split(" ", -1);
    return new PromptPair(
        template.replace("{C}", asked[0]),
        template.replace("{C}", other[0]),
        " " + asked[1],
        " " + other[1]);
  }
}
