package dev.piecrust.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.price.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hand-worked estimates. */
final class LlmEstimatorTest {
  private static final Price PRICE =
      new Price(
          new BigDecimal("0.25"),
          new BigDecimal("0.025"),
          new BigDecimal("2"),
          new BigDecimal("2"),
          new BigDecimal("0.5"));

  @Test
  void hasNothingToSayOfACampaignThatOnlyPrunes() {
    CampaignSpec spec =
        new CampaignSpec(
            "p",
            new SubjectSpec("m", "t"),
            List.of(new TaskSpec("ioi", TaskKind.IOI, 10, 0, Optional.empty())),
            PruneSpec.defaults(),
            LimitsSpec.defaults());
    assertThat(LlmEstimator.of(spec, Optional.empty(), llm -> Optional.of(PRICE))).isEmpty();
  }

  @Test
  void countsTheCallsOfThePresetPie() {
    LlmEstimate estimate = estimate(spec(FadePreset.PIE, LlmSpec.of(LlmProviderKind.OPENAI, "m")));
    // For each of 100 features: 1 description, 1 call for texts, 2 for 20 ratings in batches of 15.
    assertThat(estimate.calls().low()).isEqualTo(400);
    assertThat(estimate.calls().expected()).isCloseTo(408, within(1e-9));
    assertThat(estimate.calls().high()).isEqualTo(800);
    assertThat(estimate.counted()).isTrue();
  }

  @Test
  void countsTheCallsOfThePresetFull() {
    LlmEstimate estimate = estimate(spec(FadePreset.FULL, LlmSpec.of(LlmProviderKind.OPENAI, "m")));
    // 1 + 15 + ceil(500/15) = 50 calls, and ceil(7*50/15) = 24 more for those that are steered.
    assertThat(estimate.calls().low()).isEqualTo(5000);
    assertThat(estimate.calls().expected()).isCloseTo((50 + 12) * 1.02 * 100, within(1e-6));
    assertThat(estimate.calls().high()).isEqualTo(2 * (50 + 24) * 100);
  }

  @Test
  void pricesTokensAndWaitsForTheSlowestLimit() {
    LlmEstimate estimate = estimate(spec(FadePreset.PIE, LlmSpec.of(LlmProviderKind.OPENAI, "m")));
    double usd =
        estimate.inputTokens().expected() * 0.25e-6 + estimate.outputTokens().expected() * 2e-6;
    assertThat(estimate.usd().orElseThrow().expected()).isCloseTo(usd, within(1e-12));
    // Low: input 225 + 18*32*0.8, 135 + 5, and twice 180 + 5 with 20*32*0.7 in all.
    assertThat(estimate.inputTokens().low())
        .isCloseTo(100 * (225 + 460.8 + 140 + 2 * 185 + 448), within(1e-6));
    // High output: every call up to its limit of 2,000 tokens, each asked twice.
    assertThat(estimate.outputTokens().high()).isEqualTo(100 * 2 * 4 * 2000);
    double tokens = estimate.inputTokens().expected() + estimate.outputTokens().expected();
    assertThat(estimate.seconds().expected())
        .isCloseTo(Math.max(408 * 60 / 600.0, tokens * 60 / 60_000), within(1e-6));
  }

  @Test
  void halvesThePriceOfABatchAndKnowsItsDays() {
    LlmSpec realtime = LlmSpec.of(LlmProviderKind.OPENAI, "m");
    LlmSpec batch =
        new LlmSpec(
            realtime.provider(),
            realtime.model(),
            realtime.baseUrl(),
            realtime.apiKeyEnv(),
            LlmSchedule.BATCH,
            realtime.temperature(),
            realtime.maxOutputTokens(),
            realtime.concurrency(),
            realtime.timeoutSeconds(),
            realtime.price(),
            false);
    double full = estimate(spec(FadePreset.PIE, realtime)).usd().orElseThrow().expected();
    LlmEstimate half = estimate(spec(FadePreset.PIE, batch));
    assertThat(half.usd().orElseThrow().expected()).isCloseTo(full / 2, within(1e-12));
    assertThat(half.seconds().high()).isEqualTo(4 * 24 * 3600);
  }

  @Test
  void pricesEachRoleByItsOwnModel() {
    LlmSpec explain = LlmSpec.of(LlmProviderKind.OPENAI, "dear");
    LlmSpec rate = LlmSpec.of(LlmProviderKind.OPENAI, "cheap");
    LlmSpec both =
        new LlmSpec(
            explain.provider(),
            explain.model(),
            explain.baseUrl(),
            explain.apiKeyEnv(),
            explain.schedule(),
            explain.temperature(),
            explain.maxOutputTokens(),
            explain.concurrency(),
            explain.timeoutSeconds(),
            explain.price(),
            false,
            Optional.empty(),
            Map.of(),
            Map.of(LlmRole.WRITE, LlmSpec.lexical(), LlmRole.RATE, rate));
    Price ten =
        new Price(BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.ONE);
    LlmEstimate estimate =
        LlmEstimator.of(
                spec(FadePreset.PIE, both),
                Optional.of(100),
                llm -> Optional.of(llm.model().equals("dear") ? ten : Price.free()))
            .orElseThrow();
    // One description of 225 + 18*32*0.8 and 15 tokens a feature is dear; the rest is free.
    assertThat(estimate.usd().orElseThrow().low())
        .isCloseTo(100 * (225 + 460.8 + 15) * 10e-6, within(1e-9));
    assertThat(estimate.calls().low()).isEqualTo(400);
    assertThat(estimate.inputTokens().low())
        .isCloseTo(100 * (225 + 460.8 + 2 * 185 + 448), within(1e-6));
  }

  @Test
  void costsNothingWithTheBaselineAndIsUnknownWithoutAPrice() {
    assertThat(estimate(spec(FadePreset.PIE, LlmSpec.lexical())).usd()).contains(Range.ZERO);
    assertThat(
            LlmEstimator.of(
                    spec(FadePreset.PIE, LlmSpec.of(LlmProviderKind.OPENAI, "m")),
                    Optional.empty(),
                    llm -> Optional.empty())
                .orElseThrow()
                .usd())
        .isEmpty();
  }

  @Test
  void boundsTheUnionOfFeaturesBeforePruning() {
    LlmEstimate estimate =
        LlmEstimator.of(
                spec(FadePreset.PIE, LlmSpec.lexical()),
                Optional.empty(),
                llm -> Optional.of(PRICE))
            .orElseThrow();
    // 20 prompts of 100 occurrences, at most 200 features.
    assertThat(estimate.features()).isEqualTo(new Range(25, Math.sqrt(25 * 200), 200));
    assertThat(estimate.counted()).isFalse();
  }

  private static LlmEstimate estimate(CampaignSpec spec) {
    return LlmEstimator.of(spec, Optional.of(100), llm -> Optional.of(PRICE)).orElseThrow();
  }

  private static CampaignSpec spec(FadePreset preset, LlmSpec llm) {
    return new CampaignSpec(
        "p",
        new SubjectSpec("m", "t"),
        List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 0, Optional.empty())),
        PruneSpec.defaults(),
        Optional.of(
            new InterpretSpec(
                new FeatureRule(Method.FAP, 100, 1, 200),
                new CorpusSpec(Optional.of("/c"), Optional.empty(), 1000, 64),
                EvidenceSpec.defaults(),
                llm,
                Optional.empty())),
        Optional.of(EvaluateSpec.of(preset)),
        new LimitsSpec(Optional.of(BigDecimal.ONE), Optional.of(600), Optional.of(60_000), 0.2));
  }
}
