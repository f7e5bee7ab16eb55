package dev.piecrust.lexical;

import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Finds the rule whose words are most active and that misses least of the activation. The measure
 * is Dice's, with activations as soft members: twice what the rule's words have of activation, over
 * their number plus all activation. Deterministic: ties go to what sorts first.
 */
final class RuleSearch {
  private static final int MOST_WORDS = 16;
  private static final int MOST_BEFORE = 8;

  /** What another condition must gain, so that noise is not taken for one. */
  private static final double WORTHWHILE = 1.05;

  private final List<Occurrence> occurrences;
  private final double mass;

  RuleSearch(List<Occurrence> occurrences) {
    this.occurrences = occurrences;
    this.mass = occurrences.stream().mapToDouble(Occurrence::activation).sum();
  }

  Rule best() {
    Rule listed = growWords(new Rule(Rule.Kind.LISTED, List.of(), List.of(), false));
    Rule capitalised = new Rule(Rule.Kind.CAPITALISED, List.of(), List.of(), false);
    Rule before = growBefore(Rule.ANY);
    List<Rule> simple = List.of(Rule.ANY, listed, capitalised, before);
    List<Rule> candidates = new ArrayList<>(simple);
    simple.forEach(rule -> candidates.add(repeated(rule)));
    for (Rule rule : List.of(listed, capitalised, repeated(listed), repeated(capitalised))) {
      candidates.add(growBefore(rule));
    }
    candidates.add(growWords(new Rule(Rule.Kind.LISTED, List.of(), before.after(), false)));
    Rule best = Rule.ANY;
    for (Rule rule : candidates) {
      boolean more = rule.conditions() > best.conditions();
      best = dice(rule) > dice(best) * (more ? WORTHWHILE : 1) ? rule : best;
    }
    return best;
  }

  /** 0 to 1. */
  double dice(Rule rule) {
    double inside = 0;
    int count = 0;
    for (Occurrence occurrence : occurrences) {
      if (rule.fits(occurrence.word())) {
        inside += occurrence.activation();
        count++;
      }
    }
    return count == 0 ? 0 : 2 * inside / (count + mass);
  }

  private static Rule repeated(Rule rule) {
    return new Rule(rule.kind(), rule.words(), rule.after(), true);
  }

  private Rule growWords(Rule rule) {
    return grow(
        rule,
        Word::form,
        MOST_WORDS,
        (from, words) -> new Rule(Rule.Kind.LISTED, words, from.after(), from.repeated()));
  }

  private Rule growBefore(Rule rule) {
    return grow(
        rule,
        Word::previous,
        MOST_BEFORE,
        (from, after) -> new Rule(from.kind(), from.words(), after, from.repeated()));
  }

  private interface Extension {
    Rule with(Rule rule, List<String> forms);
  }

  /** Takes forms in the order of their mean activation, for as long as the measure rises. */
  private Rule grow(Rule rule, Function<Word, String> part, int most, Extension extension) {
    List<String> taken = new ArrayList<>();
    Rule best = rule;
    double reached = 0;
    for (String form : byMeanActivation(rule, part)) {
      taken.add(form);
      Rule next = extension.with(rule, taken);
      double value = dice(next);
      if (value > reached) {
        best = next;
        reached = value;
      } else {
        taken.remove(form);
      }
      if (taken.size() == most) {
        break;
      }
    }
    return best;
  }

  private List<String> byMeanActivation(Rule rule, Function<Word, String> part) {
    boolean noWordsYet = rule.kind() == Rule.Kind.LISTED && rule.words().isEmpty();
    Rule.Kind kind = noWordsYet ? Rule.Kind.ANY : rule.kind();
    Rule context = new Rule(kind, rule.words(), rule.after(), rule.repeated());
    Map<String, double[]> sums = new TreeMap<>();
    for (Occurrence occurrence : occurrences) {
      String form = part.apply(occurrence.word());
      if (!form.isEmpty() && context.fits(occurrence.word())) {
        double[] sum = sums.computeIfAbsent(form, unused -> new double[2]);
        sum[0] += occurrence.activation();
        sum[1]++;
      }
    }
    return sums.entrySet().stream()
        .filter(entry -> entry.getValue()[0] > 0)
        .sorted(comparingDouble(entry -> -entry.getValue()[0] / entry.getValue()[1]))
        .map(Map.Entry::getKey)
        .toList();
  }
}
