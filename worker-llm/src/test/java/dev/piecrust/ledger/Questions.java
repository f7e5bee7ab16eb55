package dev.piecrust.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.piecrust.ask.Shape;
import dev.piecrust.ask.Shapes;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmQuestion;
import dev.piecrust.llm.LlmRequest;
import java.util.List;
import java.util.Optional;

/** Questions that differ by a number. */
public final class Questions {
  private Questions() {}

  /** A question with room for so many tokens in its answer. */
  public static LlmRequest question(int number, int maxOutputTokens) {
    return new LlmRequest(
        "gpt-5.4",
        List.of(new LlmMessage(LlmMessage.Role.USER, "What is " + number + " plus 1?")),
        Optional.empty(),
        maxOutputTokens,
        "answer",
        JsonNodeFactory.instance.objectNode().put("type", "object"),
        new LlmQuestion.Rate("numbers", List.of(String.valueOf(number))));
  }

  public static LlmRequest question(int number) {
    return question(number, 100);
  }

  /** A question whose answer has the shape of a campaign's. */
  static LlmRequest shaped(int number) {
    LlmRequest plain = question(number);
    Shape<List<Integer>> shape = Shapes.ratings(2);
    return new LlmRequest(
        plain.model(),
        plain.messages(),
        plain.temperature(),
        plain.maxOutputTokens(),
        shape.name(),
        shape.schema(),
        plain.question());
  }
}
