package dev.piecrust.limit;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.llm.LlmMessage;
import dev.piecrust.llm.LlmRequest;
import java.nio.charset.StandardCharsets;

/**
 * How many tokens a prompt has: never fewer than the provider will count. OpenAI's own models are
 * counted with their tokenizer; of others only the bytes are known, and no tokenizer in use makes
 * more tokens than that.
 */
public final class TokenCount {
  /** Tokens that the form of a conversation takes, a message and in all. */
  private static final int PER_MESSAGE = 8;

  private static final int PER_PROMPT = 16;

  /** What is counted of a schema may be written in another form than here. */
  private static final double SCHEMA_FACTOR = 1.5;

  /** By how much another tokenizer may exceed OpenAI's on the texts of a prompt, as a rule. */
  private static final double OTHERS_FACTOR = 1.4;

  private final Encoding encoding =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** At most so many tokens are charged for the prompt. */
  public long atMost(LlmProviderKind provider, LlmRequest request) {
    return openAi(provider, request.model()) ? counted(request, 1) : bytes(request);
  }

  /** So many tokens the prompt takes of a rate; for unknown tokenizers a careful guess. */
  public long ofRate(LlmProviderKind provider, LlmRequest request) {
    return openAi(provider, request.model())
        ? counted(request, 1)
        : counted(request, OTHERS_FACTOR);
  }

  /** Whether the model is OpenAI's own, and so its tokenizer is known. */
  private static boolean openAi(LlmProviderKind provider, String model) {
    return provider == LlmProviderKind.OPENAI && model.matches("(gpt-4o|gpt-4\\.1|gpt-5|o[1-9]).*");
  }

  private long counted(LlmRequest request, double factor) {
    double texts = 0;
    for (LlmMessage message : request.messages()) {
      texts += encoding.countTokensOrdinary(message.text());
    }
    double schema = SCHEMA_FACTOR * encoding.countTokensOrdinary(request.schema().toString());
    return (long) Math.ceil(factor * (texts + schema)) + form(request);
  }

  private static long bytes(LlmRequest request) {
    long bytes = length(request.schema().toString()) + length(request.schemaName());
    for (LlmMessage message : request.messages()) {
      bytes += length(message.text());
    }
    return bytes + form(request);
  }

  private static long form(LlmRequest request) {
    return PER_PROMPT + (long) PER_MESSAGE * request.messages().size();
  }

  private static long length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
