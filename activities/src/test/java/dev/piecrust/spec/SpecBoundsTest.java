package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.key.SpecKey;
import dev.piecrust.key.SpecKeys;
import dev.piecrust.key.SpecValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each number of a spec is taken up to its bounds, and refused beyond them with key and bound. */
final class SpecBoundsTest {
  private static final String SPEC =
      """
      name: bounds
      subject: {model: model, transcoder: model}
      tasks: [{kind: ioi}]
      prune: {methods: [fap], budgets: [1, 100, 2147483647]}
      interpret:
        corpus: {path: corpus.jsonl}
        llm: {provider: openai, model: m, price: {input: 1, output: 1}}
      evaluate: {preset: pie}
      limits: {usd: 5}
      train: {corpus: corpus.jsonl, l0: 1}
      """;

  /** Key, what it takes, what it refuses, what it expects. */
  private static final String BOUNDS =
      """
      tasks[ioi].prompts|1 999999|0 1000000|a whole number from 1 to 999999
      tasks[ioi].seed|0 9223372036854775807|-1 9223372036854775808|a whole number from 0 to 9223372036854775807
      prune.random.seeds|1 1000|0 1001|a whole number from 1 to 1000
      prune.held_out|0 0.499|-0.001 0.5|a number from 0 to less than 0.5
      prune.batch|1 10000|0 10001|a whole number from 1 to 10000
      prune.synergy.lambda|0 1e300|-0.1 1e309|a number of 0 or more
      prune.synergy.boundary_percent|0 200|-1 200.1|a number from 0 to 200
      prune.synergy.boundary_cap|0 2147483647|-1 2147483648|a whole number from 0 to 2147483647
      prune.synergy.partners|0 2147483647|-1 2147483648|a whole number from 0 to 2147483647
      prune.synergy.partners_per_candidate|0 2147483647|-1 2147483648|a whole number from 0 to 2147483647
      prune.synergy.seed|0 9223372036854775807|-1 9223372036854775808|a whole number from 0 to 9223372036854775807
      prune.factp.pool|1 999999999 all|0 1000000000|a whole number from 1 to 999999999, or all
      prune.swap.rounds|0 2147483647|-1 2147483648|a whole number from 0 to 2147483647
      prune.swap.pool|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      prune.acdc.tau|1e-9 1e300|0 -1 1e309|a number above 0, in nats
      prune.acdc.ratio|1.001 1e300|1 1e309|a number above 1
      prune.ig.points|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      prune.iterative.rounds|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.features.budget|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.features.min_kept|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.features.at_most|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.corpus.windows|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.corpus.tokens|2 2147483647|1 2147483648|a whole number from 2 to 2147483647
      interpret.evidence.top|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.evidence.per_stratum|0 2147483647|-1 2147483648|a whole number from 0 to 2147483647
      interpret.evidence.mark_share|0.001 0.999|0 1|a number between 0 and 1
      interpret.llm.temperature|0 2|-0.1 2.1|a number from 0 to 2
      interpret.llm.max_output_tokens|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.llm.timeout_seconds|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.llm.concurrency|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      interpret.llm.price.input|0 1000000|-1 1000000.1|a number from 0 to 1000000, in USD per million tokens
      interpret.llm.price.cached_input|0 1000000|-1 1000000.1|a number from 0 to 1000000, in USD per million tokens
      interpret.llm.price.output|0 1000000|-1 1000000.1|a number from 0 to 1000000, in USD per million tokens
      interpret.llm.price.reasoning|0 1000000|-1 1000000.1|a number from 0 to 1000000, in USD per million tokens
      interpret.llm.price.cache_write|0 1000000|-1 1000000.1|a number from 0 to 1000000, in USD per million tokens
      interpret.llm.price.batch_share|0 1|-0.1 1.1|a number from 0 to 1
      interpret.llm.price.flex_share|0 1|-0.1 1.1|a number from 0 to 1
      interpret.llm.price.priority_times|0 100|-0.1 100.1|a number from 0 to 100
      evaluate.generation_calls|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      evaluate.texts_per_call|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      evaluate.rated_samples|2 2147483647|1 2147483648|a whole number from 2 to 2147483647
      evaluate.rating_batch|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      evaluate.top_share|0 1|-0.1 1.1|a number from 0 to 1
      evaluate.steered_texts|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      evaluate.continuation_tokens|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      evaluate.gini_threshold|0 1|-0.1 1.1|a number from 0 to 1
      evaluate.seed|0 9223372036854775807|-1 9223372036854775808|a whole number from 0 to 9223372036854775807
      limits.usd|0 1000000000|-1 1000000000.1|a number from 0 to 1000000000, in USD
      limits.requests_per_minute|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      limits.tokens_per_minute|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      limits.failure_share|0 1|-0.1 1.1|a number from 0 to 1
      limits.devices|1 10000|0 10001|a whole number from 1 to 10000
      limits.weight|0.001 1000|0 1000.1|a number from 0.001 to 1000
      train.features|2 10000000|1 10000001|a whole number from 2 to 10000000
      train.l0|1 100000|0 100001|a whole number from 1 to 100000
      train.steps|1 10000000|0 10000001|a whole number from 1 to 10000000
      train.batch|2 1000000|1 1000001|a whole number from 2 to 1000000
      train.context|2 2147483647|1 2147483648|a whole number from 2 to 2147483647
      train.windows|2 2147483647|1 2147483648|a whole number from 2 to 2147483647
      train.learning_rate|0.0001 0.999|0 1|a number between 0 and 1
      train.warm_up|0 0.999|-0.1 1|a number from 0 to less than 1
      train.seed|0 9223372036854775807|-1 9223372036854775808|a whole number from 0 to 9223372036854775807
      train.checkpoint|1 2147483647|0 2147483648|a whole number from 1 to 2147483647
      train.held_out|0.001 0.999|0 1|a number between 0 and 1
      train.patience|1 1000000|0 1000001|a whole number from 1 to 1000000
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("corpus.jsonl"), "{\"text\": \"a\"}\n");
  }

  /** A line of the table. */
  record Bound(String key, List<String> taken, List<String> refused, String expected) {
    private static Bound of(String line) {
      String[] parts = line.split("\\|");
      return new Bound(
          parts[0], List.of(parts[1].split(" ")), List.of(parts[2].split(" ")), parts[3]);
    }

    @Override
    public String toString() {
      return key;
    }
  }

  static List<Bound> bounds() {
    return BOUNDS.lines().map(Bound::of).toList();
  }

  @Test
  void noNumberIsLeftOut() {
    List<String> numbers = new ArrayList<>();
    collect("", SpecReader.KEYS, numbers);
    numbers.add("prune.factp.pool"); // a number, or all
    assertThat(bounds()).extracting(Bound::key).containsExactlyInAnyOrderElementsOf(numbers);
  }

  /** The keys of roles are those of the model that they differ from. */
  private static void collect(String path, SpecKeys keys, List<String> numbers) {
    for (SpecKey key : keys.keys()) {
      String whole = path + key.name();
      SpecValue value = key.value();
      if (value instanceof SpecValue.Whole || value instanceof SpecValue.Decimal) {
        numbers.add(whole);
      } else if (value instanceof SpecValue.Groups groups) {
        collect(whole + "[ioi].", groups.keys(), numbers);
      } else if (value instanceof SpecValue.Group group && !group.told()) {
        collect(whole + ".", group.keys(), numbers);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void takesWhatIsWithinThem(Bound bound) {
    for (String value : bound.taken()) {
      assertThatCode(() -> parse(bound.key(), value)).as(value).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void refusesWhatIsBeyondThemWithKeyValueAndBound(Bound bound) {
    String key = bound.key().replace("[ioi]", "[0]");
    for (String value : bound.refused()) {
      assertThatThrownBy(() -> parse(bound.key(), value))
          .as(value)
          .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER))
          .message()
          .matches(
              "spec\\.yaml:\\d+:\\d+: "
                  + Pattern.quote(
                      "%s: is '%s', expected %s".formatted(key, value, bound.expected())));
    }
  }

  @Test
  void refusesNumbersOfListsToo() {
    for (String budgets : List.of("0", "2147483648")) {
      assertThatThrownBy(
              () -> SpecReader.parse("prune: {budgets: [5, " + budgets + "]}", folder, "spec.yaml"))
          .hasMessageContaining(
              "spec.yaml:1:22: prune.budgets: is '%s', expected a whole number from 1 to"
                  + " 2147483647",
              budgets);
    }
  }

  private CampaignSpec parse(String key, String value) {
    SpecEditor spec = SpecEditor.of(SPEC);
    spec.set(key, value);
    return SpecReader.parse(spec.write(), folder, "spec.yaml");
  }
}
