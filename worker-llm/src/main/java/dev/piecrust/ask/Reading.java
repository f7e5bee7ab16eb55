package dev.piecrust.ask;

import dev.piecrust.feature.LlmExchange;
import dev.piecrust.ledger.LlmAnswer;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.text.CleanText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of one question while it is asked: at most twice. */
final class Reading<T> {
  /** How much of an unreadable reply the model is shown again, in characters. */
  private static final int SHOWN_AGAIN = 4000;

  private final Ask<T> ask;
  private final List<LlmExchange> exchanges = new ArrayList<>();
  private LlmRequest request;
  private @Nullable T value;
  private String error = "it was not asked";

  Reading(Ask<T> ask) {
    this.ask = ask;
    this.request = ask.request();
  }

  LlmRequest request() {
    return request;
  }

  /** The first request and the one that is to be asked now, which may be the same. */
  List<LlmRequest> requests() {
    return Stream.of(ask.request(), request).distinct().toList();
  }

  boolean read() {
    return value != null;
  }

  T value() {
    if (value == null) {
      throw new IllegalStateException(error);
    }
    return value;
  }

  String error() {
    return error;
  }

  List<LlmExchange> exchanges() {
    return exchanges;
  }

  void accept(LlmAnswer.Reply reply) {
    Optional<String> problem = Optional.empty();
    try {
      value = ask.shape().read(reply.text());
    } catch (BadReply e) {
      String cut = reply.truncated() ? ", because it was cut off at the limit of tokens" : "";
      error = e.getMessage() + cut;
      problem = Optional.of(error);
    }
    exchanges.add(
        new LlmExchange(
            request.messages().stream().map(Reading::said).toList(),
            reply.text(),
            reply.cached(),
            reply.call(),
            problem));
  }

  /** Makes the next request show the reply that could not be read, and why. */
  void repair() {
    String reply = exchanges.get(exchanges.size() - 1).reply();
    String shown = CleanText.of(reply, SHOWN_AGAIN);
    List<LlmMessage> messages = new ArrayList<>(ask.request().messages());
    messages.add(new LlmMessage(LlmMessage.Role.ASSISTANT, shown.isEmpty() ? "(nothing)" : shown));
    messages.add(
        new LlmMessage(
            LlmMessage.Role.USER,
            "That could not be used: %s. Please answer again, with %s:\n%s"
                .formatted(error, Ask.FORM, ask.shape().example())));
    LlmRequest first = ask.request();
    request =
        new LlmRequest(
            first.model(),
            messages,
            first.temperature(),
            first.maxOutputTokens(),
            first.schemaName(),
            first.schema(),
            first.question());
  }

  private static LlmExchange.Said said(LlmMessage message) {
    return new LlmExchange.Said(message.role().name().toLowerCase(Locale.ROOT), message.text());
  }
}
