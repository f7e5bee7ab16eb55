package dev.piecrust.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Labelled;

/** Where a task's prompt pairs come from (docs/method.md §4). */
public enum TaskKind implements Labelled {
  /** Indirect object identification, generated. */
  IOI("ioi", "who receives: the name that was said once"),
  /** Arguments of a documented Python function, generated. */
  DOCSTRING("docstring", "the argument that a doc-string comes to next"),
  /** Years, generated. */
  GREATER_THAN("greater-than", "a year after the one that something began in"),
  /** Subject-verb agreement, generated. */
  SVA("sva", "the verb that agrees with its subject"),
  /** The same across a prepositional phrase, generated. */
  SVA_NOUN_PP("sva-noun-pp", "the same across 'near the cars'"),
  /** The same across a relative clause, generated. */
  SVA_RC("sva-rc", "the same across 'that the drivers liked'"),
  /** He or she, generated. */
  GENDERED_PRONOUN("gendered-pronoun", "he or she, by a first name"),
  /** Capitals, generated. */
  CAPITAL_COUNTRY("capital-country", "the capital of a country"),
  /** Sums and differences, generated. */
  ARITHMETIC("arithmetic", "the sum or the difference of two numbers"),
  /** Letters of choices, generated. */
  MULTIPLE_CHOICE("multiple-choice", "the letter of a color that the question names"),
  /** A file of prompt pairs, one JSON object a line. */
  FILE("file", "pairs of your own");

  private final String label;
  private final String words;

  TaskKind(String label, String words) {
    this.label = label;
    this.words = words;
  }

  /** The name in specs, tables and exports. */
  @JsonValue
  @Override
  public String label() {
    return label;
  }

  /** What its answer is, in words. */
  public String words() {
    return words;
  }
}
