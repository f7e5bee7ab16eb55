package dev.piecrust.gpu;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.artifact.JsonLines;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.prune.Share;
import dev.piecrust.prune.method.CircuitQuestion;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.task.TokenizedPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * What a task's prompts answer to questions about circuits. Each batch's answer to each question is
 * a checkpoint, which any device may leave.
 */
final class CircuitAnswers {
  /** So many batches are named at once; then it is looked again. */
  private static final int MOST_OPEN = 2048;

  /** What a prompt answers. */
  private record Answer(int prompt, List<Double> values) {}

  /** A question whose answer is not there. */
  static final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient CircuitQuestions.Open open;

    Unanswered(CircuitQuestions.Open open) {
      super("batches have not answered yet", null, false, false);
      this.open = open;
    }

    CircuitQuestions.Open open() {
      return open;
    }
  }

  private final LoadedCampaign campaign;
  private final PruneSpec spec;
  private final PruneBatch task;
  private final TaskScores scores;
  private final Pulse pulse;
  private final boolean measures;
  private final JsonLines<CircuitQuestion> questions;
  private final JsonLines<Answer> answers;

  /**
   * @param task the whole task, or the batch that is asked
   * @param scores of that
   * @param measures whether what nobody has answered is measured at once; else it is {@link
   *     Unanswered}
   */
  CircuitAnswers(
      LoadedCampaign campaign, PruneBatch task, TaskScores scores, Pulse pulse, boolean measures) {
    this.campaign = campaign;
    this.spec = campaign.spec().prune();
    this.task = task;
    this.scores = scores;
    this.pulse = pulse;
    this.measures = measures;
    this.questions = new JsonLines<>(campaign.artifacts().store(), CircuitQuestion.class);
    this.answers = new JsonLines<>(campaign.artifacts().store(), Answer.class);
  }

  /** Answers a question on one batch, unless that has been done. */
  void measure(CircuitShard shard) {
    scores.units().forEach(unit -> measured(shard.question(), unit));
  }

  /** The answer of each prompt that is asked. */
  SortedMap<Integer, List<Double>> to(CircuitQuestion question) {
    SortedMap<Integer, List<Double>> byPrompt = new TreeMap<>();
    forEach(question, (unit, own) -> byPrompt.putAll(own));
    return byPrompt;
  }

  /** The same batch by batch, in order. */
  void forEach(
      CircuitQuestion question,
      BiConsumer<TaskScores.Unit, SortedMap<Integer, List<Double>>> work) {
    ArtifactRef asked = questions.write(List.of(question));
    List<TaskScores.Unit> units =
        scores.units().stream()
            .filter(unit -> !indices(unit, question.prompts(), question.shares()).isEmpty())
            .toList();
    List<ArtifactRef> found = answers(asked, units);
    for (int i = 0; i < units.size(); i++) {
      SortedMap<Integer, List<Double>> own = new TreeMap<>();
      answers.forEach(found.get(i), one -> own.put(one.prompt(), one.values()));
      work.accept(units.get(i), own);
    }
  }

  private List<ArtifactRef> answers(ArtifactRef question, List<TaskScores.Unit> units) {
    List<ArtifactRef> answered = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (TaskScores.Unit unit : units) {
      if (measures) {
        answered.add(measured(question, unit));
      } else if (open.size() < MOST_OPEN) {
        found(question, unit).ifPresentOrElse(answered::add, () -> open.add(unit.from()));
      }
    }
    if (!open.isEmpty()) {
      throw new Unanswered(new CircuitQuestions.Open(question, open));
    }
    return answered;
  }

  private List<Integer> indices(TaskScores.Unit unit, int prompts, List<Share> shares) {
    return CircuitStage.of(spec, prompts, unit.from(), unit.to(), shares);
  }

  private Optional<ArtifactRef> found(ArtifactRef question, TaskScores.Unit unit) {
    return find(campaign.keys().circuitAnswer(question, unit.artifacts()), what(unit));
  }

  private ArtifactRef measured(ArtifactRef question, TaskScores.Unit unit) {
    return checkpoint(
        campaign.keys().circuitAnswer(question, unit.artifacts()),
        what(unit),
        () -> answers.write(answer(questions.read(question).get(0), unit)));
  }

  private static String what(TaskScores.Unit unit) {
    return "circuits on prompts %d to %d".formatted(unit.from(), unit.to());
  }

  private List<Answer> answer(CircuitQuestion question, TaskScores.Unit unit) {
    PruneBatch batch =
        new PruneBatch(task.campaignId(), task.task(), unit.from(), unit.to(), task.pairs());
    List<TokenizedPair> pairs =
        campaign.artifacts().pairs().read(batch, campaign.subject().model().tokenizer());
    List<ScoredPrompt> scored = scores.prompts(unit).stream().map(p -> p.scored()).toList();
    List<Answer> own = new ArrayList<>();
    for (Share share : question.shares()) {
      List<Integer> asked = indices(unit, question.prompts(), List.of(share));
      PromptLoop.Result<Answer> result =
          campaign
              .loop()
              .run(
                  pairs,
                  batch.from(),
                  scored.stream().filter(p -> asked.contains(p.index())).toList(),
                  (run, pair, prompt) ->
                      new Answer(
                          prompt.index(),
                          question.answer(
                              run,
                              spec.settings().swap(),
                              what -> pulse.check("circuits: " + what))));
      result
          .failures()
          .forEach(
              (index, reason) -> {
                throw PieCrustException.numeric("prompt %d: %s", index, reason);
              });
      own.addAll(result.results());
    }
    return own;
  }

  private Optional<ArtifactRef> find(String key, String what) {
    return campaign
        .stores()
        .checkpoints()
        .find(key, campaign.artifacts().store(), task.campaignId(), what + " of " + task.task());
  }

  /** What is there under a key, or is made now. */
  ArtifactRef checkpoint(String key, String what, Supplier<ArtifactRef> work) {
    Checkpoints checkpoints = campaign.stores().checkpoints();
    return find(key, what).orElseGet(() -> checkpoints.put(key, work.get()));
  }
}
