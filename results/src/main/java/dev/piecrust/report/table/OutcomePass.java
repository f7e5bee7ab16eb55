package dev.piecrust.report.table;

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

/**
 * Reads the outcomes of a campaign's prompts once, kept occurrences included, for all who want
 * them: a unit at a time, by task (in the order of the spec), prompt and method.
 */
public final class OutcomePass {
  private final StageReader stages;
  private final CampaignSpec spec;

  /** Receives the outcomes of one prompt, by method in the order of the spec. */
  @FunctionalInterface
  public interface Sink {
    void accept(String task, List<PromptOutcome> prompt) throws IOException;
  }

  public OutcomePass(StageReader stages, CampaignSpec spec) {
    this.stages = stages;
    this.spec = spec;
  }

  /** Hands each prompt to all sinks; where there are none, nothing is read. */
  public void run(Collection<? extends Sink> sinks) throws IOException {
    if (sinks.isEmpty()) {
      return;
    }
    List<String> methods = spec.prune().methods().stream().map(Method::label).toList();
    Comparator<PromptOutcome> order =
        Comparator.comparingInt(outcome -> methods.indexOf(outcome.method()));
    for (TaskSpec task : spec.tasks()) {
      stages.forEachUnit(
          Stages.fidelity(task.name()),
          PromptOutcome.class,
          unit -> {
            for (List<PromptOutcome> prompt : prompts(unit)) {
              List<PromptOutcome> ordered = prompt.stream().sorted(order).toList();
              for (Sink sink : sinks) {
                sink.accept(task.name(), ordered);
              }
            }
          });
    }
  }

  private static Collection<List<PromptOutcome>> prompts(List<PromptOutcome> unit) {
    return unit.stream()
        .collect(Collectors.groupingBy(PromptOutcome::index, TreeMap::new, Collectors.toList()))
        .values();
  }

  /** The first fields of an outcome; what it keeps is passed over. */
  private record Head(int index, int occurrences) {}

  /** Counts the occurrences of each prompt, which takes much less than reading what is kept. */
  public void count(KeptSetsCounter counter) throws IOException {
    for (TaskSpec task : spec.tasks()) {
      stages.forEachUnit(
          Stages.fidelity(task.name()),
          Head.class,
          unit ->
              unit.forEach(head -> counter.count(task.name(), head.index(), head.occurrences())));
    }
  }
}
