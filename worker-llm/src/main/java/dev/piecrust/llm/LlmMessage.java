package dev.piecrust.llm;

/** One message of a conversation. */
public record LlmMessage(Role role, String text) {
  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT
  }
}
