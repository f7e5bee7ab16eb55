package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A campaign as its author wrote it, with defaults filled in and paths absolute
 * (docs/architecture.md §9). What contradicts itself is a user error: a stage III without a stage
 * II, features by a method or a budget that stage I does not have, or calls that cost money without
 * a cap.
 *
 * @param name up to 64 letters, digits, dots, underscores and hyphens, the first a letter or digit
 * @param tasks at least one, each under a name of its own; none where the campaign only trains
 * @param interpret absent to stop after pruning
 * @param evaluate absent to stop after explaining
 */
public record CampaignSpec(
    @FormField(value = "Name", wide = true, help = "letters, digits, dots and dashes")
        @Key(
            value = "What the campaign is called, in tables and in its id.",
            expected = "a name of " + CampaignNames.EXPECTED,
            pattern = CampaignNames.PATTERN,
            required = true)
        String name,
    @FormField("What")
        @Key(
            value = "What is examined.",
            example = "{model: FOLDER, transcoder: FOLDER}",
            required = true)
        SubjectSpec subject,
    @FormField("Tasks")
        @Key(
            value = "What the model is asked to do; each task is pruned and measured by itself.",
            expected = "a list of tasks",
            example = "[{kind: ioi, prompts: 100}]",
            otherwise = "required, unless the campaign only trains")
        List<TaskSpec> tasks,
    @FormField("Prune") @Key("Stage I: which methods choose what is kept, and how much of it.")
        PruneSpec prune,
    @FormField(value = "Interpret and evaluate", help = "Explain what the kept features mean")
        @Key(
            value = "Stage II: which features are explained, by whom, and from what.",
            example = "{corpus: …, llm: …}",
            otherwise = "no feature is explained")
        Optional<InterpretSpec> interpret,
    @Key(
            value = "Stage III: how descriptions are tested with FADE; it needs an interpret.",
            example = "{preset: …}",
            otherwise = "no description is evaluated")
        Optional<EvaluateSpec> evaluate,
    @FormField("Limits") @Key("What the campaign may cost, and how fast it may ask.")
        LimitsSpec limits,
    @FormField(
            value = "Train",
            help = "Train the transcoder first, into the folder above",
            early = true)
        @Key(
            value = "How the transcoder is trained, before all else, into subject.transcoder.",
            example = "{corpus: FILE}",
            otherwise = "it is there already")
        Optional<TrainSpec> train) {
  public CampaignSpec {
    if (!CampaignNames.allow(name)) {
      throw user("name is '%s', expected %s", CampaignNames.quotable(name), CampaignNames.EXPECTED);
    }
    tasks = List.copyOf(tasks);
    train = Objects.requireNonNullElse(train, Optional.empty()); // older campaigns know none
    if (tasks.isEmpty() && train.isEmpty()) {
      throw user("tasks is empty, expected at least one task");
    }
    if (tasks.isEmpty() && interpret.isPresent()) {
      throw user("tasks is empty, expected at least one task whose features are explained");
    }
    if (tasks.stream().map(TaskSpec::name).distinct().count() < tasks.size()) {
      throw user("tasks: two have the same name, expected each to have a name of its own");
    }
    if (evaluate.isPresent() && interpret.isEmpty()) {
      throw user("evaluate: has nothing to evaluate, expected an interpret beside it");
    }
    interpret.ifPresent(wanted -> requireKept(wanted.features(), prune));
    if (limits.usd().isEmpty() && interpret.filter(wanted -> !wanted.llm().free()).isPresent()) {
      throw user("limits.usd: is missing, expected what the LLM's calls may cost in all");
    }
  }

  /** A campaign whose transcoder is there. */
  public CampaignSpec(
      String name,
      SubjectSpec subject,
      List<TaskSpec> tasks,
      PruneSpec prune,
      Optional<InterpretSpec> interpret,
      Optional<EvaluateSpec> evaluate,
      LimitsSpec limits) {
    this(name, subject, tasks, prune, interpret, evaluate, limits, Optional.empty());
  }

  /** A campaign that only prunes. */
  public CampaignSpec(
      String name, SubjectSpec subject, List<TaskSpec> tasks, PruneSpec prune, LimitsSpec limits) {
    this(name, subject, tasks, prune, Optional.empty(), Optional.empty(), limits);
  }

  /** The different language models that are asked; the baseline may be among them. */
  public List<LlmSpec> models() {
    return interpret
        .map(InterpretSpec::llm)
        .map(llm -> evaluate.isPresent() ? llm.all() : List.of(llm.of(LlmRole.EXPLAIN)))
        .orElse(List.of());
  }

  /** Those of them that are asked over a network, or cost something. */
  public List<LlmSpec> askedModels() {
    return asksNobody()
        ? List.of()
        : models().stream().filter(llm -> !llm.provider().baseline()).toList();
  }

  /** Whether all descriptions are given, and nothing is evaluated. */
  private boolean asksNobody() {
    return evaluate.isEmpty()
        && interpret
            .flatMap(InterpretSpec::descriptions)
            .filter(DescriptionsSpec::only)
            .isPresent();
  }

  private static void requireKept(FeatureRule rule, PruneSpec prune) {
    if (!prune.methods().contains(rule.method())) {
      throw user(
          "interpret.features.method is %s, expected one of prune.methods: %s",
          rule.method().label(), prune.methods().stream().map(Method::label).toList());
    }
    if (!prune.budgets().contains(rule.budget())) {
      throw user(
          "interpret.features.budget is %d, expected one of prune.budgets: %s",
          rule.budget(), prune.budgets());
    }
  }

  /** The same campaign within other limits. */
  public CampaignSpec within(LimitsSpec others) {
    return new CampaignSpec(name, subject, tasks, prune, interpret, evaluate, others, train);
  }

  /** The same campaign with its transcoder elsewhere. */
  public CampaignSpec withTranscoder(String folder) {
    SubjectSpec moved = new SubjectSpec(subject.model(), folder, subject.prependBos());
    return new CampaignSpec(name, moved, tasks, prune, interpret, evaluate, limits, train);
  }

  /** How the transcoder is trained; only to be asked of a campaign that does so. */
  public TrainSpec training() {
    return train.orElseThrow(
        () -> user("campaign %s trains nothing, expected train in its spec", name));
  }

  /** The same campaign under another name. */
  public CampaignSpec named(String other) {
    return new CampaignSpec(other, subject, tasks, prune, interpret, evaluate, limits, train);
  }

  /** The task of this name. */
  public TaskSpec task(String taskName) {
    return tasks.stream()
        .filter(t -> t.name().equals(taskName))
        .findFirst()
        .orElseThrow(
            () ->
                user(
                    "campaign %s has no task '%s', expected one of %s",
                    name, taskName, tasks.stream().map(TaskSpec::name).toList()));
  }

  /** By which features are chosen; without stage II, the first method at the smallest budget. */
  public KeptBy keptBy() {
    return interpret
        .map(wanted -> new KeptBy(wanted.features().method(), wanted.features().budget()))
        .orElseGet(() -> new KeptBy(prune.promptMethods().get(0), prune.budgets().get(0)));
  }

  /** Stage II; only to be asked of a campaign that has one. */
  public InterpretSpec interpreting() {
    return interpret.orElseThrow(
        () -> user("campaign %s explains nothing, expected interpret in its spec", name));
  }

  /** Stage III; only to be asked of a campaign that has one. */
  public EvaluateSpec evaluating() {
    return evaluate.orElseThrow(
        () -> user("campaign %s evaluates nothing, expected evaluate in its spec", name));
  }
}
