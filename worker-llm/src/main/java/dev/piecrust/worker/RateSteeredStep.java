package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.fade.NaturalSamples;
import dev.piecrust.fade.RatePrompt;
import dev.piecrust.feature.RatedContinuation;
import dev.piecrust.feature.SteeredText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Has continuations rated, in an order that says nothing of the factor. */
final class RateSteeredStep {
  private final UnitRunner desk;

  RateSteeredStep(UnitRunner desk) {
    this.desk = desk;
  }

  LlmStep run(String description) {
    List<SteeredText> texts =
        new ArrayList<>(
            desk.files().read(FeatureStages.STEER, SteeredText.class).orElse(List.of()));
    if (texts.isEmpty()) {
      return desk.noInput(FeatureStages.RATE_STEERED, "the feature was not steered");
    }
    long seed = desk.spec().evaluating().seed();
    Collections.shuffle(texts, NaturalSamples.random(seed, desk.unit().feature()));
    return desk.ask(
        FeatureStages.RATE_STEERED,
        RatePrompt.asks(
            description,
            texts.stream().map(SteeredText::continuation).toList(),
            desk.spec().evaluating().ratingBatch(),
            desk.llm(LlmRole.RATE)),
        ratings -> record(texts, ratings));
  }

  private void record(List<SteeredText> texts, List<List<Integer>> ratings) {
    List<Integer> all = ratings.stream().flatMap(List::stream).toList();
    List<RatedContinuation> rated = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      SteeredText text = texts.get(i);
      rated.add(
          new RatedContinuation(text.factor(), text.prompt(), text.continuation(), all.get(i)));
    }
    desk.files().write(FeatureStages.RATE_STEERED, RatedContinuation.class, rated);
  }
}
