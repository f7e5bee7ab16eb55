package dev.piecrust.campaign;

import dev.piecrust.key.Labelled;
import java.util.Optional;

/** Who answers the questions of stages II and III. */
public enum LlmProviderKind implements Labelled {
  /** OpenAI, and whatever speaks its language: vLLM, Ollama, LiteLLM and such, by base_url. */
  OPENAI("openai", "https://api.openai.com/v1", "OPENAI_API_KEY"),
  /** Claude, by Anthropic's Messages API. */
  ANTHROPIC("anthropic", "https://api.anthropic.com/v1", "ANTHROPIC_API_KEY"),
  /** Gemini, by Google's endpoint in OpenAI's language. */
  GEMINI("gemini", "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY"),
  /** OpenRouter, which says in its answers what they cost. */
  OPENROUTER("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
  /** The offline baseline: token statistics instead of a language model; deterministic and free. */
  LEXICAL("lexical", "", "");

  private final String label;
  private final String address;
  private final String keyName;

  LlmProviderKind(String label, String address, String keyName) {
    this.label = label;
    this.address = address;
    this.keyName = keyName;
  }

  /** The name in specs, tables and the ledger. */
  @Override
  public String label() {
    return label;
  }

  /** Where the provider itself is asked; empty for the baseline, which is asked nowhere. */
  public String address() {
    return address;
  }

  /** The variable that holds its key, as the provider documents it; absent for the baseline. */
  public Optional<String> keyName() {
    return Optional.of(keyName).filter(name -> !name.isEmpty());
  }

  /** Whether calls can be answered so. */
  public boolean offers(LlmSchedule schedule) {
    return switch (schedule) {
      case REALTIME -> true;
      case FLEX -> this == OPENAI || this == GEMINI;
      case BATCH -> this == OPENAI || this == ANTHROPIC;
    };
  }

  /** Whether what it says is a baseline and must be labelled as one. */
  public boolean baseline() {
    return this == LEXICAL;
  }
}
