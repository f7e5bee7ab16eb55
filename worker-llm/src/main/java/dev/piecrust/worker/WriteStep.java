package dev.piecrust.worker;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.fade.WritePrompt;
import java.util.List;

/** Has texts written that express a description. */
final class WriteStep {
  private final UnitRunner desk;

  WriteStep(UnitRunner desk) {
    this.desk = desk;
  }

  LlmStep run(String description) {
    return desk.ask(
        FeatureStages.WRITE,
        WritePrompt.asks(description, desk.spec().evaluating(), desk.llm(LlmRole.WRITE)),
        this::record);
  }

  private void record(List<List<String>> texts) {
    List<String> all = texts.stream().flatMap(List::stream).toList();
    desk.files().write(FeatureStages.WRITE, String.class, all);
  }
}
