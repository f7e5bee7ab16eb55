package dev.piecrust.estimate;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.price.Price;
import java.util.Optional;
import java.util.function.Function;

/**
 * Estimates calls, tokens, money and time of stages II and III from a spec. The baseline takes no
 * tokens and no money.
 */
public final class LlmEstimator {
  private static final double MILLION = 1e6;
  private static final int STRATA = 4;

  /** A request for repair doubles a call at worst; in the mean, one in fifty needs it. */
  private static final Range REPAIRS = new Range(1, 1.02, 2);

  /** The share of features that are steered, where the spec asks for it. */
  private static final Range STEERED = new Range(0, 0.5, 1);

  /** Seconds from request to answer. */
  private static final Range LATENCY = new Range(0.5, 2, 10);

  /** The baseline answers from memory. */
  private static final Range BASELINE_LATENCY = new Range(0.0005, 0.002, 0.02);

  /** A flex call waits for room, which providers aim to have within a quarter of an hour. */
  private static final Range FLEX_LATENCY = new Range(1, 20, 900);

  /** A batch is promised within a day, and each step of a feature is one: up to four. */
  private static final Range BATCH = new Range(900, 4 * 3600, 4 * 24 * 3600);

  private final CampaignSpec spec;
  private final InterpretSpec interpret;
  private final Function<LlmSpec, Optional<Price>> prices;

  private LlmEstimator(
      CampaignSpec spec, InterpretSpec interpret, Function<LlmSpec, Optional<Price>> prices) {
    this.spec = spec;
    this.interpret = interpret;
    this.prices = prices;
  }

  /**
   * The estimate; absent for a campaign that only prunes.
   *
   * @param selected how many features will be explained, once pruning is done
   * @param prices of each role's model, where it is known
   */
  public static Optional<LlmEstimate> of(
      CampaignSpec spec, Optional<Integer> selected, Function<LlmSpec, Optional<Price>> prices) {
    return spec.interpret()
        .map(interpret -> new LlmEstimator(spec, interpret, prices).estimate(selected));
  }

  private LlmEstimate estimate(Optional<Integer> selected) {
    Range features = selected.map(Range::exactly).orElseGet(this::features);
    Work work = describe().plus(spec.evaluate().map(this::evaluate).orElse(Work.NONE));
    Work all = work.times(features);
    return new LlmEstimate(
        features, selected.isPresent(), all.calls, all.input, all.output, all.usd, seconds(all));
  }

  /**
   * Before pruning: all prompts may keep the same features, or none in common; their union usually
   * lies between.
   */
  private Range features() {
    FeatureRule rule = interpret.features();
    int prompts = spec.tasks().stream().mapToInt(TaskSpec::prompts).sum();
    double least = Math.min(rule.atMost(), Math.max(1, rule.budget() / 4.0));
    double most = Math.min(rule.atMost(), (double) rule.budget() * prompts / rule.minKept());
    double high = Math.max(least, most);
    return new Range(least, Math.sqrt(least * high), high);
  }

  /** Which of the features a file describes is not known before; those it leaves are fewer. */
  private Work describe() {
    if (interpret.descriptions().filter(DescriptionsSpec::only).isPresent()) {
      return Work.NONE;
    }
    int windows = interpret.evidence().top() + STRATA * interpret.evidence().perStratum();
    Range input =
        Range.exactly(CallSizes.DESCRIBE_OVERHEAD)
            .plus(CallSizes.PER_MARKED_TOKEN.times(windowTokens()).times(windows));
    return call(LlmRole.EXPLAIN, input, CallSizes.DESCRIPTION);
  }

  private Work evaluate(EvaluateSpec evaluate) {
    Work writing =
        call(
                LlmRole.WRITE,
                Range.exactly(CallSizes.WRITE_OVERHEAD).plus(CallSizes.READ_DESCRIPTION),
                CallSizes.TEXT.times(evaluate.textsPerCall()))
            .times(Range.exactly(evaluate.generationCalls()));
    Work rating = rating(evaluate.ratedSamples(), evaluate.ratingBatch());
    Work steering =
        evaluate.faithfulness()
            ? rating(evaluate.factors().size() * evaluate.steeredTexts(), evaluate.ratingBatch())
                .times(STEERED)
            : Work.NONE;
    return writing.plus(rating).plus(steering);
  }

  private Work rating(int samples, int batch) {
    int calls = (samples + batch - 1) / batch;
    double texts = (double) samples / calls; // the last batch is the smaller one
    Range input =
        Range.exactly(CallSizes.RATE_OVERHEAD)
            .plus(CallSizes.READ_DESCRIPTION)
            .plus(CallSizes.PER_TOKEN.times(windowTokens()).times(texts));
    return call(LlmRole.RATE, input, CallSizes.RATING.times(texts)).times(Range.exactly(calls));
  }

  /** The subject's tokens in one window of the corpus. */
  private Range windowTokens() {
    return CallSizes.WINDOW_FILL.times(interpret.corpus().tokens());
  }

  private Work call(LlmRole role, Range input, Range answer) {
    LlmSpec llm = interpret.llm(role);
    double most = llm.maxOutputTokens();
    Range output = new Range(Math.min(answer.low(), most), Math.min(answer.expected(), most), most);
    return work(llm, input, output).times(REPAIRS);
  }

  /** One call. */
  private Work work(LlmSpec llm, Range input, Range output) {
    Range once = Range.exactly(1);
    if (llm.provider().baseline()) {
      return new Work(
          once,
          Range.ZERO,
          Range.ZERO,
          Optional.of(Range.ZERO),
          BASELINE_LATENCY,
          Range.ZERO,
          Range.ZERO);
    }
    Optional<Range> usd = prices.apply(llm).map(price -> usd(llm, input, output, price));
    return switch (llm.schedule()) {
      case REALTIME -> new Work(once, input, output, usd, LATENCY, once, input.plus(output));
      case FLEX -> new Work(once, input, output, usd, FLEX_LATENCY, once, input.plus(output));
      case BATCH -> new Work(once, input, output, usd, Range.ZERO, Range.ZERO, Range.ZERO);
    };
  }

  private static Range usd(LlmSpec llm, Range input, Range output, Price price) {
    double plain = price.input().doubleValue();
    Range perInput = new Range(plain, plain, price.dearestInput().doubleValue());
    return input
        .times(perInput)
        .plus(output.times(price.dearestOutput().doubleValue()))
        .times(price.times(llm.schedule().tier()).doubleValue() / MILLION);
  }

  private Range seconds(Work work) {
    if (spec.models().stream().anyMatch(llm -> llm.schedule() == LlmSchedule.BATCH)) {
      return BATCH;
    }
    Range seconds = work.latency.times(1.0 / interpret.llm().concurrency());
    LimitsSpec limits = spec.limits();
    Range byRequests =
        limits.requestsPerMinute().map(n -> work.paced.times(60.0 / n)).orElse(Range.ZERO);
    Range byTokens =
        limits.tokensPerMinute().map(n -> work.pacedTokens.times(60.0 / n)).orElse(Range.ZERO);
    return seconds.max(byRequests).max(byTokens);
  }

  /**
   * Calls and their tokens.
   *
   * @param usd absent where a price is not known
   * @param latency seconds, one call after the other
   * @param paced those of the calls that limits of rates hold for
   * @param pacedTokens likewise
   */
  private record Work(
      Range calls,
      Range input,
      Range output,
      Optional<Range> usd,
      Range latency,
      Range paced,
      Range pacedTokens) {
    static final Work NONE =
        new Work(
            Range.ZERO,
            Range.ZERO,
            Range.ZERO,
            Optional.of(Range.ZERO),
            Range.ZERO,
            Range.ZERO,
            Range.ZERO);

    Work plus(Work other) {
      return new Work(
          calls.plus(other.calls),
          input.plus(other.input),
          output.plus(other.output),
          usd.flatMap(mine -> other.usd.map(mine::plus)),
          latency.plus(other.latency),
          paced.plus(other.paced),
          pacedTokens.plus(other.pacedTokens));
    }

    Work times(Range factor) {
      return new Work(
          calls.times(factor),
          input.times(factor),
          output.times(factor),
          usd.map(amount -> amount.times(factor)),
          latency.times(factor),
          paced.times(factor),
          pacedTokens.times(factor));
    }
  }
}
