package dev.piecrust.campaign;

import java.util.Optional;

/**
 * Stage II: which features are explained, on what evidence, and by whom (docs/method.md §7).
 *
 * @param descriptions what is known already and need not be asked
 */
public record InterpretSpec(
    FeatureRule features,
    CorpusSpec corpus,
    EvidenceSpec evidence,
    LlmSpec llm,
    Optional<DescriptionsSpec> descriptions) {
  /** The model of a role. */
  public LlmSpec llm(LlmRole role) {
    return llm.of(role);
  }
}
