package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.InputYaml;
import dev.piecrust.input.Roots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads campaign specs (docs/architecture.md §9). Everything that is wrong is reported at once, as
 * one user error with a line for each problem: {@code FILE:LINE:COLUMN: key: what is wrong, what
 * was expected}.
 */
public final class SpecReader {
  private static final SpecKeys SUBJECT_KEYS =
      SpecKeys.of(
          SpecKey.text(
              "model",
              "the folder of a Hugging Face checkpoint, or hf://ORG/REPO",
              SpecKey.REQUIRED,
              "The language model: a Llama-3, Qwen2, Qwen2.5, Qwen3, Gemma-2 or Gemma-3."),
          SpecKey.text(
              "transcoder",
              "the folder of a cross-layer transcoder, or hf://ORG/REPO",
              SpecKey.REQUIRED,
              "Its features: a cross-layer transcoder, or a set of one transcoder a layer."));

  static final SpecKeys KEYS =
      SpecKeys.of(
          SpecKey.of(
              "name",
              SpecNames.VALUE,
              SpecKey.REQUIRED,
              "What the campaign is called, in tables and in its id."),
          SpecKey.group(
              "subject",
              SUBJECT_KEYS,
              "{model: FOLDER, transcoder: FOLDER}",
              SpecKey.REQUIRED,
              "What is examined."),
          TasksPart.ALL,
          PruneKeys.ALL,
          InterpretKeys.ALL,
          EvaluateKeys.ALL,
          LimitsPart.ALL);

  /** Far above any spec; the longest of the examples has 3 KB. */
  private static final int LONGEST = 1 << 20;

  private SpecReader() {}

  /** Reads a file; relative paths in it are relative to its folder. */
  public static CampaignSpec read(Path yaml) {
    String text = new InputFile(yaml, yaml.toString(), "a campaign spec").text(LONGEST);
    Path folder = yaml.toAbsolutePath().getParent();
    return parse(text, folder == null ? yaml.toAbsolutePath() : folder, yaml.toString());
  }

  /**
   * Reads a text. Paths are confined to the {@link Roots} of this process, and language models to
   * its {@link LlmAccess}.
   *
   * @param baseFolder what relative paths are relative to
   * @param fileName what errors call the text
   */
  public static CampaignSpec parse(String yaml, Path baseFolder, String fileName) {
    return parse(yaml, baseFolder, fileName, Roots.ofThisProcess(), LlmAccess.ofThisProcess());
  }

  static CampaignSpec parse(
      String yaml, Path baseFolder, String fileName, Roots roots, LlmAccess access) {
    Node root = compose(yaml, fileName);
    SpecProblems problems = new SpecProblems(fileName);
    YamlMap spec = YamlMap.of("", root, KEYS, problems);
    SpecPaths paths = new SpecPaths(baseFolder, roots, problems);
    spec.required("name");
    Optional<String> name = SpecNames.read(spec, "name", problems);
    Optional<SubjectSpec> subject = subject(spec, paths);
    List<TaskSpec> tasks = new TasksPart(paths, problems).read(spec);
    PruneSpec prune = new PrunePart(problems).read(spec);
    Optional<InterpretSpec> interpret =
        new InterpretPart(paths, access, problems).read(spec, prune);
    Optional<EvaluateSpec> evaluate = new EvaluatePart(problems).read(spec);
    boolean paid = interpret.filter(i -> !i.llm().free()).isPresent();
    LimitsSpec limits = LimitsPart.read(spec, paid);
    problems.throwIfAny();
    return new CampaignSpec(
        name.orElseThrow(), subject.orElseThrow(), tasks, prune, interpret, evaluate, limits);
  }

  private static Optional<SubjectSpec> subject(YamlMap spec, SpecPaths paths) {
    if (spec.required("subject").isEmpty()) {
      return Optional.empty();
    }
    YamlMap map = spec.map("subject");
    Optional<String> model =
        map.required("model").flatMap(node -> paths.folder("subject.model", node));
    Optional<String> transcoder =
        map.required("transcoder").flatMap(node -> paths.folder("subject.transcoder", node));
    return model.flatMap(m -> transcoder.map(t -> new SubjectSpec(m, t)));
  }

  private static Node compose(String yaml, String fileName) {
    if (yaml.length() > LONGEST) {
      throw user("%s: is longer than 1 MiB, expected a campaign spec of at most that", fileName);
    }
    Node root = new InputYaml(fileName, "a campaign spec").compose(yaml);
    if (root == null) {
      throw user("%s:1:1: spec: is empty, expected keys: %s", fileName, KEYS);
    }
    return root;
  }
}
