package dev.piecrust.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.piecrust.campaign.Json;

/** The two languages in which questions are asked and answered. */
enum Format {
  OPENAI {
    @Override
    ObjectNode reply(JsonNode request, boolean usage) {
      ObjectNode reply = Json.mapper().createObjectNode();
      reply.put("id", "chatcmpl-1").put("object", "chat.completion").put("created", 1);
      reply.put("model", request.path("model").asText());
      ObjectNode choice = reply.putArray("choices").addObject();
      choice.put("index", 0).put("finish_reason", "stop");
      choice.putObject("message").put("role", "assistant").put("content", answer(request));
      if (usage) {
        long prompt = promptTokens(request);
        reply
            .putObject("usage")
            .put("prompt_tokens", prompt)
            .put("completion_tokens", ANSWER_TOKENS)
            .put("total_tokens", prompt + ANSWER_TOKENS);
      }
      return reply;
    }
  },
  ANTHROPIC {
    @Override
    ObjectNode reply(JsonNode request, boolean usage) {
      ObjectNode reply = Json.mapper().createObjectNode();
      reply.put("id", "msg_1").put("type", "message").put("role", "assistant");
      reply.put("model", request.path("model").asText()).put("stop_reason", "end_turn");
      reply.putArray("content").addObject().put("type", "text").put("text", answer(request));
      if (usage) {
        reply
            .putObject("usage")
            .put("input_tokens", promptTokens(request))
            .put("output_tokens", ANSWER_TOKENS);
      }
      return reply;
    }
  };

  static final long ANSWER_TOKENS = 12;
  private static final long PER_MESSAGE = 4;
  private static final long PER_PROMPT = 3;
  private static final Encoding ENCODING =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

  /** The whole body of an answer. */
  abstract ObjectNode reply(JsonNode request, boolean usage);

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
    long tokens = PER_PROMPT;
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
