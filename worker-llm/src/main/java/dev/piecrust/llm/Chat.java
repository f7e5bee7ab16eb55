package dev.piecrust.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.piecrust.campaign.Json;
import java.util.List;
import java.util.Optional;

/** Translates between our requests and LangChain4j's. */
final class Chat {
  private Chat() {}

  static List<ChatMessage> messages(LlmRequest request) {
    return request.messages().stream().map(Chat::message).toList();
  }

  private static ChatMessage message(LlmMessage message) {
    return switch (message.role()) {
      case SYSTEM -> SystemMessage.from(message.text());
      case USER -> UserMessage.from(message.text());
      case ASSISTANT -> AiMessage.from(message.text());
    };
  }

  /** How the shape is asked for; absent for in words alone. */
  static Optional<ResponseFormat> format(LlmRequest request, Dialect.Format format) {
    return switch (format) {
      case WORDS -> Optional.empty();
      case OBJECT -> Optional.of(ResponseFormat.JSON);
      case BOUNDED_SCHEMA -> Optional.of(schema(request.schemaName(), request.schema()));
      case SCHEMA -> Optional.of(schema(request.schemaName(), Dialect.unbounded(request.schema())));
    };
  }

  private static ResponseFormat schema(String name, JsonNode schema) {
    return ResponseFormat.builder()
        .type(ResponseFormatType.JSON)
        .jsonSchema(
            JsonSchema.builder()
                .name(name)
                .rootElement(JsonRawSchema.from(schema.toString()))
                .build())
        .build();
  }

  /** The body of an answer, from which what LangChain4j leaves out is read. */
  static JsonNode body(SuccessfulHttpResponse response) {
    try {
      return Json.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the answer is no JSON");
    }
  }
}
