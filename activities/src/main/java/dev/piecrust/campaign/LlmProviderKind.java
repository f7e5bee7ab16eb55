package dev.piecrust.campaign;

/** Who answers the questions of stages II and III. */
public enum LlmProviderKind {
  /** OpenAI, and whatever speaks its language: vLLM, Ollama, LiteLLM and such, by base_url. */
  OPENAI("openai"),
  /** Claude, by Anthropic's Messages API. */
  ANTHROPIC("anthropic"),
  /** The offline baseline: token statistics instead of a language model; deterministic and free. */
  LEXICAL("lexical");

  private final String label;

  LlmProviderKind(String label) {
    this.label = label;
  }

  /** The name in specs, tables and the ledger. */
  public String label() {
    return label;
  }

  /** Whether what it says is a baseline and must be labelled as one. */
  public boolean baseline() {
    return this == LEXICAL;
  }
}
