package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.InputYaml;
import dev.piecrust.input.Roots;
import dev.piecrust.key.RecordKeys;
import dev.piecrust.key.SpecKeys;
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
  static final SpecKeys KEYS = RecordKeys.of(CampaignSpec.class).keys();

  /** Far above any spec; the longest of the examples has 3 KB. */
  private static final int LONGEST = 1 << 20;

  private SpecReader() {}

  /** Reads a file; relative paths in it are relative to its folder. */
  public static CampaignSpec read(Path yaml) {
    return open(yaml).with(spec -> spec);
  }

  /**
   * The same, with what is wrong in files that it names kept apart, so that more can be looked at.
   */
  public static SpecReading open(Path yaml) {
    String text = new InputFile(yaml, yaml.toString(), "a campaign spec").text(LONGEST);
    Path folder = yaml.toAbsolutePath().getParent();
    return open(
        text,
        folder == null ? yaml.toAbsolutePath() : folder,
        yaml.toString(),
        Roots.ofThisProcess(),
        LlmAccess.ofThisProcess());
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
    return open(yaml, baseFolder, fileName, roots, access).with(spec -> spec);
  }

  private static SpecReading open(
      String yaml, Path baseFolder, String fileName, Roots roots, LlmAccess access) {
    Node root = compose(yaml, fileName);
    SpecProblems problems = new SpecProblems(fileName);
    YamlMap spec = YamlMap.of("", root, KEYS, problems);
    RecordReader reader = new RecordReader(new SpecPaths(baseFolder, roots, problems), problems);
    Values<CampaignSpec> values =
        reader.read(
            CampaignSpec.class,
            spec,
            "subject",
            "tasks",
            "prune",
            "interpret",
            "evaluate",
            "limits",
            "train");
    values.set("train", TrainingPart.read(reader, spec));
    boolean trains = spec.node("train").isPresent();
    values.set("subject", SubjectPart.read(reader, spec, values.get("name", String.class)));
    values.set("tasks", new TasksPart(reader).read(spec, trains));
    PruneSpec prune = PrunePart.read(reader, spec);
    values.set("prune", prune);
    Optional<InterpretSpec> interpret = new InterpretPart(reader, access).read(spec, prune);
    values.set("interpret", interpret);
    values.set("evaluate", EvaluatePart.read(reader, spec));
    YamlMap limits = spec.map("limits");
    if (interpret.filter(i -> !i.llm().free()).isPresent()) {
      limits.required("usd", "what the LLM's calls may cost in all");
    }
    values.set("limits", reader.read(LimitsSpec.class, limits).make());
    List<String> inFiles = problems.inFilesAlone();
    return new SpecReading(values.make().orElseThrow(), inFiles);
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
