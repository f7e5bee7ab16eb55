package dev.piecrust.lexical;

import dev.piecrust.campaign.Json;
import dev.piecrust.feature.Example;
import dev.piecrust.llm.LlmProvider;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.price.TokenUsage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The offline baseline: answers from word counts, in the shape that language models are asked for.
 * Deterministic, free and instant; what it says must be labelled as a baseline. It shows that the
 * machinery runs, and how far an explanation gets that only names words: a language model's should
 * score higher.
 *
 * <p>It describes a feature by the words at which it is active, what stands before them and whether
 * they occurred before; it writes texts from the pieces that its description quotes; it rates a
 * text 2 where a word fits the whole description, 1 where a part of it does, and 0 otherwise.
 */
public final class LexicalProvider implements LlmProvider {
  @Override
  public LlmReply ask(LlmRequest request) {
    LlmQuestion question = request.question();
    Object answer;
    if (question instanceof LlmQuestion.Describe describe) {
      answer = Map.of("description", describe(describe.examples()));
    } else if (question instanceof LlmQuestion.Write write) {
      int from = write.call() * write.texts();
      answer = Map.of("texts", write(write.description(), from, from + write.texts()));
    } else if (question instanceof LlmQuestion.Rate rate) {
      answer = Map.of("ratings", rate(rate.description(), rate.texts()));
    } else {
      throw new IllegalArgumentException("no such question: " + question);
    }
    return new LlmReply(
        Json.write(answer), Optional.of(TokenUsage.NONE), false, ProviderLimits.UNSAID);
  }

  private static String describe(List<Example> examples) {
    List<Occurrence> occurrences = Occurrence.of(examples);
    Rule rule = new RuleSearch(occurrences).best();
    return new Finding(rule, new Pieces(examples, rule).cut(occurrences)).text();
  }

  private static List<String> write(String description, int from, int to) {
    return new TextWriter(Finding.parse(description)).write(from, to);
  }

  private static List<Map<String, Integer>> rate(String description, List<String> texts) {
    Rule rule = Finding.parse(description).rule();
    List<Map<String, Integer>> ratings = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Map<String, Integer> rating = new LinkedHashMap<>();
      rating.put("id", i + 1);
      rating.put("rating", rating(rule, texts.get(i)));
      ratings.add(rating);
    }
    return ratings;
  }

  private static int rating(Rule rule, String text) {
    List<Word> words = Words.of(text);
    if (words.stream().anyMatch(rule::fits)) {
      return 2;
    }
    return words.stream().anyMatch(rule::touches) ? 1 : 0;
  }
}
