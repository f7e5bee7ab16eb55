package dev.piecrust.campaign;

import dev.piecrust.key.Key;
import java.util.Optional;

/**
 * Stage II: which features are explained, on what evidence, and by whom (docs/method.md §7).
 *
 * @param descriptions what is known already and need not be asked
 */
public record InterpretSpec(
    @Key("Which features are explained: all that a method keeps, over all tasks and prompts.")
        FeatureRule features,
    @Key(
            value = "Where evidence comes from.",
            example = "{path: FILE}, or {published: FOLDER}",
            required = true)
        CorpusSpec corpus,
    @Key("What the explainer is shown of a feature.") EvidenceSpec evidence,
    @Key(
            value = "The language model that explains, writes and rates.",
            example = "{provider: …, model: …}",
            required = true)
        LlmSpec llm,
    @Key(
            value = "Descriptions made elsewhere, which are evaluated without paying for new ones.",
            example = "{path: FILE}",
            otherwise = "the explainer describes all")
        Optional<DescriptionsSpec> descriptions) {
  /** The model of a role. */
  public LlmSpec llm(LlmRole role) {
    return llm.of(role);
  }
}
