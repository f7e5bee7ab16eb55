package dev.piecrust.worker;

import static dev.piecrust.worker.DemoUnit.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.ActivatedText;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FadeScore.Kind;
import dev.piecrust.feature.FadeScore.Scored;
import dev.piecrust.feature.FadeScore.Unscored;
import dev.piecrust.feature.LlmTranscript;
import dev.piecrust.feature.RatedSample;
import dev.piecrust.feature.SteeredText;
import dev.piecrust.ledger.LlmAnswer;
import dev.piecrust.lexical.LexicalProvider;
import dev.piecrust.llm.LlmRequest;
import io.temporal.testing.TestActivityEnvironment;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LlmWorkerTest {
  @TempDir private Path folder;
  private final ScriptedDesk desk = new ScriptedDesk(LlmWorkerTest::lexical);
  private TestActivityEnvironment temporal;
  private DemoUnit demo;
  private LlmActivities worker;

  @BeforeEach
  void start() {
    demo = new DemoUnit(folder, DemoUnit.steering());
    demo.putEvidence(DemoUnit.evidence());
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(new LlmWorker(desk, demo.stores, demo.artifacts));
    worker = temporal.newActivityStub(LlmActivities.class);
  }

  @AfterEach
  void stop() {
    temporal.close();
    demo.close();
  }

  private static LlmAnswer lexical(LlmRequest request) {
    return ScriptedDesk.reply(new LexicalProvider().ask(request).text());
  }

  @Test
  void goesFromEvidenceToAllFourScores() {
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
    assertThat(worker.writeTexts(UNIT)).isEqualTo(LlmStep.done());
    activate();
    assertThat(worker.rateSamples(UNIT)).isEqualTo(LlmStep.done());
    assertThat(worker.score(UNIT)).isTrue();
    steer();
    assertThat(worker.rateSteered(UNIT)).isEqualTo(LlmStep.done());
    assertThat(worker.score(UNIT)).isFalse();

    Map<FadeMetric, FadeScore> scores = scores();
    // All ten texts say Mary and score 6, above all that is natural.
    assertThat(scores.get(FadeMetric.CLARITY)).isEqualTo(new Scored(1, 10));
    assertThat(scores.get(FadeMetric.RESPONSIVENESS)).isInstanceOf(Scored.class);
    assertThat(scores.get(FadeMetric.PURITY)).isInstanceOf(Scored.class);
    assertThat(scores.get(FadeMetric.FAITHFULNESS)).isEqualTo(new Scored(1, 4));
  }

  @Test
  void describesTheFeatureAndLabelsTheBaseline() {
    worker.explain(UNIT);
    Explanation explanation = explanation();
    assertThat(explanation.baseline()).isTrue();
    assertThat(explanation.description().orElseThrow()).startsWith("baseline: words \"Mary\"");
    LlmTranscript transcript =
        demo.files().readOne(FeatureStages.EXPLAIN, LlmTranscript.class).orElseThrow();
    assertThat(transcript.exchanges().get(0).asked().get(1).text()).contains("<< Mary>>");
    assertThat(transcript.exchanges().get(0).call()).isEqualTo(7);
  }

  @Test
  void asksNothingThatIsDone() {
    worker.explain(UNIT);
    desk.asked.clear();
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
    assertThat(desk.asked).isEmpty();
  }

  @Test
  void asksForNoDescriptionThatWasMadeElsewhereButEvaluatesIt() {
    Explanation known = Explanation.imported(UNIT.feature(), "mine.csv", "the name Mary");
    demo.stores.features().explain("demo", known);
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
    assertThat(desk.asked).isEmpty();
    assertThat(explanation()).isEqualTo(known);
    assertThat(demo.files().has(FeatureStages.EXPLAIN)).isTrue();

    assertThat(worker.writeTexts(UNIT)).isEqualTo(LlmStep.done());
    assertThat(desk.asked)
        .isNotEmpty()
        .allMatch(asked -> asked.toString().contains("the name Mary"));
  }

  @Test
  void takesItForAResultThatAFeatureIsNeverActive() {
    demo.putEvidence(new Evidence(UNIT.feature(), 100, List.of(), List.of()));
    LlmStep silent = LlmStep.nothing("the feature is never active in the corpus");
    for (int again = 0; again < 2; again++) {
      assertThat(worker.explain(UNIT)).isEqualTo(silent);
      assertThat(desk.asked).isEmpty();
      assertThat(explanation().description()).isEmpty();
      assertThat(explanation().reason()).isEqualTo(silent.reason());
      assertThat(demo.files().has(FeatureStages.EXPLAIN)).isTrue();
      assertThat(scores().values()).containsOnly(new Unscored(Kind.NEVER_ACTIVE, silent.reason()));
    }
  }

  @Test
  void ratesNothingOfAFeatureThatIsDescribedElsewhereAndNeverActive() {
    demo.stores
        .features()
        .explain("demo", Explanation.imported(UNIT.feature(), "mine.csv", "the name Mary"));
    demo.putEvidence(new Evidence(UNIT.feature(), 100, List.of(), List.of()));
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
    assertThat(worker.rateSamples(UNIT).state()).isEqualTo(LlmStep.State.NOTHING);
    worker.writeTexts(UNIT);
    activate();
    assertThat(worker.score(UNIT)).isFalse();
    assertThat(scores().get(FadeMetric.PURITY))
        .isInstanceOfSatisfying(
            Unscored.class, u -> assertThat(u.kind()).isEqualTo(Kind.NEVER_ACTIVE));
    assertThat(demo.files().has(FeatureStages.EVALUATE)).isTrue();
  }

  @Test
  void takesAnEchoOfTheFormOrOfTheEvidenceForNoDescription() {
    demo.close();
    demo =
        new DemoUnit(
            folder.resolve("asked"),
            DemoUnit.steering(),
            LlmSpec.of(LlmProviderKind.OPENAI, "small"),
            new LimitsSpec(Optional.of(BigDecimal.ONE), Optional.empty(), Optional.empty(), 0.2));
    demo.putEvidence(DemoUnit.evidence());
    temporal.close();
    temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(new LlmWorker(desk, demo.stores, demo.artifacts));
    worker = temporal.newActivityStub(LlmActivities.class);
    desk.script(request -> ScriptedDesk.reply("{\"description\": \"...\"}"));
    assertThat(worker.explain(UNIT).reason())
        .isEqualTo(
            "a reply could not be read, not even the second: the description has no letters in it");
    desk.script(
        request ->
            ScriptedDesk.reply(
                "{\"description\": \"After Mary left station number 3, it rained\"}"));
    assertThat(worker.explain(UNIT).reason())
        .endsWith(": the description repeats a text of the evidence");
    assertThat(explanation().description()).isEmpty();
    assertThat(demo.files().has(FeatureStages.EXPLAIN)).isFalse();
    desk.script(request -> ScriptedDesk.reply("{\"description\": \"the name Mary\"}"));
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
    desk.script(
        request -> ScriptedDesk.reply("{\"texts\": [\"Mary\", \"Mary\", \"A\", \"B\", \"C\"]}"));
    assertThat(worker.writeTexts(UNIT).reason()).endsWith(": two texts are the same");
  }

  @Test
  void needsADescriptionToGoOn() {
    assertThat(worker.writeTexts(UNIT))
        .isEqualTo(LlmStep.unscored("the feature has no description"));
    worker.score(UNIT);
    assertThat(scores().get(FadeMetric.CLARITY))
        .isEqualTo(new Unscored(Kind.NO_INPUT, "the feature has no description"));
  }

  @Test
  void handsOnThatAnAnswerComesLaterOrNotForThisMoney() {
    desk.script(request -> new LlmAnswer.Later(Duration.ofSeconds(90), "the batch is out"));
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.waiting(90, "the batch is out"));
    desk.script(request -> new LlmAnswer.OverBudget("0.99 of 1.00 USD are spent"));
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.overBudget("0.99 of 1.00 USD are spent"));
    assertThat(demo.stores.features().explanation("demo", UNIT.feature())).isEmpty();
    desk.script(LlmWorkerTest::lexical);
    assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
  }

  @Test
  void recordsARefusalAsOneAndNotAsANumber() {
    worker.explain(UNIT);
    desk.script(request -> new LlmAnswer.Refused("the provider refuses such content"));
    assertThat(worker.rateSamples(UNIT).state()).isEqualTo(LlmStep.State.UNSCORED);
    worker.score(UNIT);
    Unscored refused = new Unscored(Kind.REFUSED, "the provider refuses such content");
    assertThat(scores().get(FadeMetric.RESPONSIVENESS)).isEqualTo(refused);
    assertThat(scores().get(FadeMetric.PURITY)).isEqualTo(refused);
    assertThat(demo.files().has(FeatureStages.RATE)).isFalse();
  }

  @Test
  void keepsTheRepliesThatCouldNotBeRead() {
    worker.explain(UNIT);
    desk.script(request -> ScriptedDesk.reply("I would rather not."));
    assertThat(worker.rateSamples(UNIT).reason()).contains("no complete JSON");
    worker.score(UNIT);
    assertThat(scores().get(FadeMetric.PURITY))
        .isInstanceOfSatisfying(Unscored.class, u -> assertThat(u.kind()).isEqualTo(Kind.UNPARSED));
    LlmTranscript transcript = demo.files().transcript(FeatureStages.RATE).orElseThrow();
    // 20 samples in batches of 15 and 5, each asked twice.
    assertThat(transcript.exchanges()).hasSize(4);
    // So that a retry gets other answers.
    assertThat(desk.forgotten).hasSize(4);
    assertThat(demo.files().has(FeatureStages.EVALUATE)).isFalse();
    assertThat(transcript.exchanges().get(1).asked()).hasSize(4);
    assertThat(transcript.exchanges().get(0).reply()).isEqualTo("I would rather not.");
  }

  @Test
  void ratesTheSamplesThatTheSeedDraws() {
    worker.explain(UNIT);
    worker.rateSamples(UNIT);
    List<RatedSample> rated =
        demo.files().read(FeatureStages.RATE, RatedSample.class).orElseThrow();
    assertThat(rated).extracting(RatedSample::window).doesNotHaveDuplicates().hasSize(20);
    assertThat(rated)
        .allSatisfy(
            sample -> assertThat(sample.rating()).isEqualTo(sample.activation() > 0 ? 2 : 0));
  }

  @Test
  void steersNothingBelowTheThreshold() {
    worker.explain(UNIT);
    worker.writeTexts(UNIT);
    demo.put(FeatureStages.ACTIVATE, ActivatedText.class, List.of(new ActivatedText("Mary", 0)));
    worker.rateSamples(UNIT);
    assertThat(worker.score(UNIT)).isFalse();
    assertThat(scores().get(FadeMetric.FAITHFULNESS))
        .isEqualTo(
            new Unscored(Kind.BELOW_THRESHOLD, "clarity is 0.250, below the threshold of 0.500"));
  }

  @Test
  void throwsWhatAnotherAttemptMayHealAsExternal() {
    desk.script(
        request -> {
          throw new PieCrustException(FailureCategory.EXTERNAL, "the endpoint is down");
        });
    assertThatThrownBy(() -> worker.explain(UNIT))
        .satisfies(
            e -> {
              assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.EXTERNAL);
              assertThat(Failures.sentence(e)).isEqualTo("the endpoint is down");
            });
  }

  private void activate() {
    List<ActivatedText> texts = new ArrayList<>();
    for (String text : demo.files().read(FeatureStages.WRITE, String.class).orElseThrow()) {
      texts.add(new ActivatedText(text, text.contains("Mary") ? 6 : 0));
    }
    demo.put(FeatureStages.ACTIVATE, ActivatedText.class, texts);
  }

  private void steer() {
    demo.put(
        FeatureStages.STEER,
        SteeredText.class,
        List.of(
            new SteeredText(0, "Then", " it rained"),
            new SteeredText(0, "After", " it rained"),
            new SteeredText(10, "Then", " Mary Mary"),
            new SteeredText(10, "After", " and Mary")));
  }

  private Explanation explanation() {
    Optional<Explanation> there = demo.stores.features().explanation("demo", UNIT.feature());
    return there.orElseThrow();
  }

  private Map<FadeMetric, FadeScore> scores() {
    return demo.stores.features().evaluations("demo").get(0).scores();
  }
}
