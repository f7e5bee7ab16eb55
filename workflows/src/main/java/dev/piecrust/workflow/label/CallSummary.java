package dev.piecrust.workflow.label;

import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.workflow.prune.PruneRequest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a call does in a few words, such as {@code score features ioi 10–20}: the words of its name,
 * and the unit that it works on.
 */
final class CallSummary {
  /** A server refuses more than 400 bytes; three of them may be one character. */
  private static final int MOST_CHARACTERS = 120;

  private CallSummary() {}

  /**
   * The summary of a call.
   *
   * @param name of an activity or a workflow, in camel case
   * @param arguments what it is called with
   */
  static String of(String name, Object... arguments) {
    return cut(
        Stream.concat(
                Stream.of(words(name)),
                Arrays.stream(arguments).map(CallSummary::unit).flatMap(Optional::stream))
            .collect(Collectors.joining(" ")));
  }

  /** As much of a text as a server takes for a summary. */
  static String cut(String summary) {
    return summary.length() <= MOST_CHARACTERS ? summary : summary.substring(0, MOST_CHARACTERS);
  }

  private static String words(String name) {
    String verb = name.endsWith("Workflow") ? name.substring(0, name.indexOf("Workflow")) : name;
    return verb.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /** Empty for what says nothing new, such as the campaign's id. */
  private static Optional<String> unit(Object argument) {
    if (argument instanceof PruneBatch batch) {
      return Optional.of("%s %d–%d".formatted(batch.task(), batch.from(), batch.to()));
    }
    if (argument instanceof CircuitShard shard) {
      return unit(shard.batch());
    }
    if (argument instanceof CorpusShard shard) {
      return Optional.of("windows %d–%d".formatted(shard.from(), shard.to()));
    }
    if (argument instanceof FeatureShard shard) {
      return Optional.of("features %d–%d".formatted(shard.from(), shard.to()));
    }
    if (argument instanceof TaskRef task) {
      return Optional.of(task.task());
    }
    if (argument instanceof PruneRequest request) {
      return Optional.of(request.task());
    }
    if (argument instanceof FeatureUnit unit) {
      return Optional.of(
          "layer %d feature %d".formatted(unit.feature().layer(), unit.feature().index()));
    }
    if (argument instanceof UnitFailure failure) {
      return Optional.of(failure.stage() + " " + failure.unit());
    }
    return argument instanceof CampaignState state ? Optional.of(state.words()) : Optional.empty();
  }
}
