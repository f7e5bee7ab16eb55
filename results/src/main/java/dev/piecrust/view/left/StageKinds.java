package dev.piecrust.view.left;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.Stages;
import java.util.List;
import java.util.Set;

/** Kinds of stages: what is measured of one task holds for the others. */
final class StageKinds {
  private static final Set<String> PARTS_OF_EVALUATE =
      Set.of(
          FeatureStages.WRITE,
          FeatureStages.ACTIVATE,
          FeatureStages.RATE,
          FeatureStages.STEER,
          FeatureStages.RATE_STEERED);

  /** Those whose paces tell of a device, per prompt. */
  static final List<String> PACE =
      List.of(
          of(Stages.score("")),
          of(Stages.rerank("")),
          of(Stages.fidelity("")),
          of(Stages.features("")),
          of(Stages.heldOut("")));

  private StageKinds() {}

  /**
   * The kind of an announced stage, such as {@code score}, or of the one that a part belongs to.
   */
  static String of(String stage) {
    if (PARTS_OF_EVALUATE.contains(stage)) {
      return FeatureStages.EVALUATE;
    }
    String transcript = FeatureStages.transcript("");
    if (stage.startsWith(transcript)) {
      return of(stage.substring(transcript.length()));
    }
    int task = stage.indexOf(' ');
    return task < 0 ? stage : stage.substring(0, task);
  }

  /** Whether units of this stage are those that people see counted. */
  static boolean counted(String stage) {
    return !PARTS_OF_EVALUATE.contains(stage) && !stage.startsWith(FeatureStages.transcript(""));
  }

  /** Whether a stage's pace is that of a language model. */
  static boolean asks(String kind) {
    return kind.equals(FeatureStages.EXPLAIN) || kind.equals(FeatureStages.EVALUATE);
  }

  /** Whether a stage takes its time once, for however many things. */
  static boolean atOnce(String kind) {
    return kind.equals(FeatureStages.EVIDENCE);
  }
}
