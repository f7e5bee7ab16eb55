package dev.piecrust.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.piecrust.campaign.Json;
import java.util.Optional;

/** The two languages in which questions are asked and answered. */
enum Format {
  OPENAI {
    @Override
    ObjectNode reply(JsonNode request, Optional<Used> usage) {
      ObjectNode reply = Json.mapper().createObjectNode();
      reply.put("id", "chatcmpl-1").put("object", "chat.completion").put("created", 1);
      reply.put("model", request.path("model").asText());
      ObjectNode choice = reply.putArray("choices").addObject();
      choice.put("index", 0).put("finish_reason", "stop");
      choice.putObject("message").put("role", "assistant").put("content", answer(request));
      usage.ifPresent(
          used ->
              reply
                  .putObject("usage")
                  .put("prompt_tokens", used.input())
                  .put("completion_tokens", used.output())
                  .put("total_tokens", used.input() + used.output())
                  .putObject("prompt_tokens_details")
                  .put("cached_tokens", used.cached())
                  .put("cache_write_tokens", used.written()));
      return reply;
    }
  },
  ANTHROPIC {
    @Override
    ObjectNode reply(JsonNode request, Optional<Used> usage) {
      ObjectNode reply = Json.mapper().createObjectNode();
      reply.put("id", "msg_1").put("type", "message").put("role", "assistant");
      reply.put("model", request.path("model").asText()).put("stop_reason", "end_turn");
      reply.putArray("content").addObject().put("type", "text").put("text", answer(request));
      usage.ifPresent(
          used ->
              reply
                  .putObject("usage")
                  .put("input_tokens", used.input() - used.cached() - used.written())
                  .put("cache_read_input_tokens", used.cached())
                  .put("cache_creation_input_tokens", used.written())
                  .put("output_tokens", used.output()));
      return reply;
    }
  };

  static final long ANSWER_TOKENS = 12;
  private static final long PER_MESSAGE = 4;
  private static final long PER_PROMPT = 3;
  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** The whole body of an answer. */
  abstract ObjectNode reply(JsonNode request, Optional<Used> usage);

  /** The answer to "What is N plus 1?", as JSON. */
  static String answer(JsonNode request) {
    String digits = text(request).replaceAll("[^0-9]*([0-9]+) plus .*", "$1");
    return "{\"answer\": %s}".formatted(Long.parseLong(digits) + 1);
  }

  /** As providers count for their rates: the prompt, and the longest answer. */
  static long ratedTokens(JsonNode request) {
    long most = request.path("max_completion_tokens").asLong(request.path("max_tokens").asLong());
    return promptTokens(request) + most;
  }

  static long promptTokens(JsonNode request) {
    JsonNode schema = request.at("/response_format/json_schema");
    long tokens =
        PER_PROMPT
            + ENCODING.countTokensOrdinary(schema.path("schema").toString())
            + ENCODING.countTokensOrdinary(schema.path("name").asText());
    for (JsonNode message : request.path("messages")) {
      tokens += PER_MESSAGE + ENCODING.countTokensOrdinary(content(message));
    }
    return tokens;
  }

  private static String text(JsonNode request) {
    JsonNode messages = request.path("messages");
    return content(messages.path(messages.size() - 1));
  }

  private static String content(JsonNode message) {
    JsonNode content = message.path("content");
    return content.isTextual() ? content.asText() : content.path(0).path("text").asText();
  }
}
