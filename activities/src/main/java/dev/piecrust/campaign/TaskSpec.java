package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.RecordKeys;
import java.util.Optional;

/**
 * One task of a campaign.
 *
 * @param name unique within the campaign
 * @param kind where the prompt pairs come from
 * @param prompts how many pairs; for a file, at most this many from its start
 * @param path the file of pairs, required for kind {@code file}, refused for any other
 * @param onlySolved whether prompts are left out that the untouched model fails
 */
public record TaskSpec(
    @Key(
            value = "What the task is called; no two have the same name.",
            expected = "a name of " + CampaignNames.EXPECTED,
            pattern = CampaignNames.PATTERN,
            otherwise = "the kind's name")
        String name,
    @Key(
            value = "Where prompts come from: a generator, or a file of pairs.",
            required = true,
            first = true)
        TaskKind kind,
    @FormField(value = "Indirect objects (ioi)", help = "prompts; empty for none", of = "ioi")
        @FormField(value = "Docstrings", help = "prompts; empty for none", of = "docstring")
        @Key(
            value = "How many pairs of prompts; of a file, the first so many.",
            in = "[1, " + TaskSpec.MOST_PROMPTS + "]",
            usual = "100")
        int prompts,
    @Key(value = "Seed of the generator.", in = "[0, ∞)", usual = "0") long seed,
    @FormField(
            value = "Your own prompts",
            wide = true,
            help = "a file of pairs in JSON lines; empty for none",
            of = "file")
        @Key(
            value = "The pairs: text_clean, text_corr, io_clean and s_clean each.",
            expected = "a file of prompt pairs, one JSON object a line",
            place = Key.Place.FILE,
            otherwise = "required of kind file, and of no other")
        Optional<String> path,
    @Key(
            value =
                "Whether prompts are left out of which the untouched model does not give the right"
                    + " answer the higher logit.",
            usual = "false",
            omitUsual = true)
        boolean onlySolved) {
  /** Units are named by six digits. */
  public static final int MOST_PROMPTS = 999_999;

  public TaskSpec {
    if (!CampaignNames.allow(name)) {
      throw user(
          "task name is '%s', expected %s", CampaignNames.quotable(name), CampaignNames.EXPECTED);
    }
    RecordKeys.check(TaskSpec.class, "task " + name, name, kind, prompts, seed, path, onlySolved);
    if ((kind == TaskKind.FILE) != path.isPresent()) {
      throw user(
          "task %s: is of kind %s and has %s path, expected a path with kind file alone",
          name, kind.label(), path.isPresent() ? "a" : "no");
    }
  }

  /** One that keeps all its prompts. */
  public TaskSpec(String name, TaskKind kind, int prompts, long seed, Optional<String> path) {
    this(name, kind, prompts, seed, path, false);
  }
}
