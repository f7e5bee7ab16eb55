package dev.piecrust.limit;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.llm.LlmRequest;
import java.nio.charset.StandardCharsets;

/**
 * How many tokens a prompt has: never fewer than the provider will count. OpenAI's own models are
 * counted with their tokenizer; of others only the bytes are known, and no tokenizer in use makes
 * more tokens than that.
 */
public final class TokenCount {
  /** Tokens that the form of a conversation takes at most, a message and in all. */
  private static final int PER_MESSAGE = 8;

  private static final int PER_PROMPT = 16;

  /** The same as providers count them for their rates. */
  private static final int RATED_PER_MESSAGE = 4;

  private static final int RATED_PER_PROMPT = 3;

  /** What is charged for a schema may be written in another form than here. */
  private static final double SCHEMA_FACTOR = 1.5;

  /** By how much another tokenizer may exceed OpenAI's on the texts of a prompt, as a rule. */
  private static final double OTHERS_FACTOR = 1.4;

  /** By how much another tokenizer may fall below OpenAI's, with much to spare. */
  private static final long OTHERS_LEAST = 8;

  /** OpenAI's rates go by a quarter of the characters where that is more. */
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** At most so many tokens are charged for the prompt. */
  public long atMost(LlmProviderKind provider, LlmRequest request) {
    long form = PER_PROMPT + (long) PER_MESSAGE * request.messages().size();
    return openAi(provider, request.model())
        ? form + texts(request) + (long) Math.ceil(SCHEMA_FACTOR * schema(request))
        : form + bytes(request);
  }

  /** The same for a body of JSON that holds the prompt and so many messages. */
  public long atMost(String body, int messages) {
    return PER_PROMPT + (long) PER_MESSAGE * messages + length(body);
  }

  /** No tokenizer in use makes fewer tokens of the text; none is 0 unless the text is empty. */
  public long atLeast(String text) {
    return text.isEmpty() ? 0 : Math.max(1, count(text) / OTHERS_LEAST);
  }

  /** So many tokens the prompt takes of a rate; for unknown tokenizers a careful guess. */
  public long ofRate(LlmProviderKind provider, LlmRequest request) {
    long form = RATED_PER_PROMPT + (long) RATED_PER_MESSAGE * request.messages().size();
    long counted = texts(request) + schema(request);
    long characters = request.messages().stream().mapToLong(m -> m.text().length()).sum();
    double factor = openAi(provider, request.model()) ? 1 : OTHERS_FACTOR;
    return form
        + Math.max((long) Math.ceil(factor * counted), characters / CHARACTERS_PER_TOKEN + 1);
  }

  /** Whether the model is OpenAI's own, and so its tokenizer is known. */
  private static boolean openAi(LlmProviderKind provider, String model) {
    return provider == LlmProviderKind.OPENAI && model.matches("(gpt-4o|gpt-4\\.1|gpt-5|o[1-9]).*");
  }

  private long texts(LlmRequest request) {
    return request.messages().stream().mapToLong(m -> count(m.text())).sum();
  }

  private long schema(LlmRequest request) {
    return count(request.schema().toString()) + count(request.schemaName());
  }

  private long count(String text) {
    return encoding.countTokensOrdinary(text);
  }

  private static long bytes(LlmRequest request) {
    return length(request.schema().toString())
        + length(request.schemaName())
        + request.messages().stream().mapToLong(m -> length(m.text())).sum();
  }

  private static long length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
