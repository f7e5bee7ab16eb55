package dev.piecrust.ask;

import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.llm.LlmRequest;
import java.util.List;

/** A question and the shape of its answer. */
public record Ask<T>(LlmRequest request, Shape<T> shape) {
  /** What stands before the form of the answer; weak models repeat it. */
  static final String FORM = "JSON alone, in this form";

  /** A question of one instruction and one message; what the answer must look like is added. */
  public static <T> Ask<T> of(
      LlmSpec llm, String instruction, String message, Shape<T> shape, LlmQuestion question) {
    String form = "\n\nAnswer with " + FORM + ":\n" + shape.example();
    return new Ask<>(
        new LlmRequest(
            llm.model(),
            List.of(
                new LlmMessage(LlmMessage.Role.SYSTEM, instruction),
                new LlmMessage(LlmMessage.Role.USER, message + form)),
            llm.temperature(),
            llm.maxOutputTokens(),
            shape.name(),
            shape.schema(),
            question),
        shape);
  }
}
