package dev.piecrust.campaign;

/** Stage II: which features are explained, on what evidence, and by whom (METHOD.md §7). */
public record InterpretSpec(
    FeatureRule features, CorpusSpec corpus, EvidenceSpec evidence, LlmSpec llm) {}
