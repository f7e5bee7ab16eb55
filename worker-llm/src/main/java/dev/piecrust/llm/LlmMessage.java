package dev.piecrust.llm;

/** One message of a conversation. */
public record LlmMessage(Role role, String text) {
  /** Who speaks. */
  public enum Role {
    /** The instruction that holds for the whole conversation. */
    SYSTEM,
    /** This program: the question, or what was wrong with the reply before. */
    USER,
    /** The language model: an earlier reply, quoted to it. */
    ASSISTANT
  }
}
