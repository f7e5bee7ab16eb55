package dev.piecrust.report;

import dev.piecrust.activity.Stages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.PromptOutcome;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the outcomes of a campaign's prompts, kept occurrences included, one unit at a time. */
final class OutcomeReader {
  private final StageReader stages;

  /** Receives values. */
  @FunctionalInterface
  interface Sink<T> {
    void accept(T value) throws IOException;
  }

  OutcomeReader(StageReader stages) {
    this.stages = stages;
  }

  /** Hands on all outcomes, by task (in the order of the spec), prompt and method. */
  void forEach(CampaignSpec spec, Sink<PromptOutcome> sink) throws IOException {
    for (TaskSpec task : spec.tasks()) {
      forEachPrompt(
          spec,
          task.name(),
          outcomes -> {
            for (PromptOutcome outcome : outcomes) {
              sink.accept(outcome);
            }
          });
    }
  }

  /** Hands on each prompt's outcomes, by method in the order of the spec. */
  void forEachPrompt(CampaignSpec spec, String task, Sink<List<PromptOutcome>> sink)
      throws IOException {
    List<String> methods = spec.prune().methods().stream().map(Method::label).toList();
    stages.forEachUnit(
        Stages.fidelity(task),
        PromptOutcome.class,
        unit -> {
          for (List<PromptOutcome> prompt : prompts(unit)) {
            sink.accept(
                prompt.stream()
                    .sorted(Comparator.comparingInt(outcome -> methods.indexOf(outcome.method())))
                    .toList());
          }
        });
  }

  private static Collection<List<PromptOutcome>> prompts(List<PromptOutcome> unit) {
    return unit.stream()
        .collect(Collectors.groupingBy(PromptOutcome::index, TreeMap::new, Collectors.toList()))
        .values();
  }
}
