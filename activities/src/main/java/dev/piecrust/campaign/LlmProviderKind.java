package dev.piecrust.campaign;

/** Who answers the questions of stages II and III. */
public enum LlmProviderKind {
  /** OpenAI, and whatever speaks its language: vLLM, Ollama, LiteLLM and such, by base_url. */
  OPENAI("openai", "https://api.openai.com/v1"),
  /** Claude, by Anthropic's Messages API. */
  ANTHROPIC("anthropic", "https://api.anthropic.com/v1"),
  /** The offline baseline: token statistics instead of a language model; deterministic and free. */
  LEXICAL("lexical", "");

  private final String label;
  private final String address;

  LlmProviderKind(String label, String address) {
    this.label = label;
    this.address = address;
  }

  /** The name in specs, tables and the ledger. */
  public String label() {
    return label;
  }

  /** Where the provider itself is asked; empty for the baseline, which is asked nowhere. */
  public String address() {
    return address;
  }

  /** Whether what it says is a baseline and must be labelled as one. */
  public boolean baseline() {
    return this == LEXICAL;
  }
}
