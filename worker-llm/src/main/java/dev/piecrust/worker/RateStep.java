package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.fade.NaturalSamples;
import dev.piecrust.fade.RatePrompt;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.RatedSample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has natural samples rated. */
final class RateStep {
  private final UnitRunner desk;

  RateStep(UnitRunner desk) {
    this.desk = desk;
  }

  LlmStep run(String description) {
    Optional<Evidence> evidence = desk.files().readOne(FeatureStages.EVIDENCE, Evidence.class);
    List<Example> samples =
        evidence
            .map(natural -> NaturalSamples.draw(desk.spec().evaluating(), natural))
            .orElse(List.of());
    if (evidence.filter(natural -> natural.maximum() == 0).isPresent()) {
      return desk.neverActive(FeatureStages.RATE);
    }
    if (samples.isEmpty()) {
      return desk.noInput(FeatureStages.RATE, "the feature has no evidence to rate");
    }
    return desk.ask(
        FeatureStages.RATE,
        RatePrompt.asks(
            description,
            samples.stream().map(Example::text).toList(),
            desk.spec().evaluating().ratingBatch(),
            desk.llm(LlmRole.RATE)),
        ratings -> record(samples, ratings));
  }

  private void record(List<Example> samples, List<List<Integer>> ratings) {
    List<Integer> all = ratings.stream().flatMap(List::stream).toList();
    List<RatedSample> rated = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      Example sample = samples.get(i);
      rated.add(
          new RatedSample(
              sample.window(), sample.stratum(), sample.text(), sample.activation(), all.get(i)));
    }
    desk.files().write(FeatureStages.RATE, RatedSample.class, rated);
  }
}
