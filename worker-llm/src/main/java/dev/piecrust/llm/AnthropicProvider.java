package dev.piecrust.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicChatResponseMetadata;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.DefaultChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.ServiceTier;
import java.time.Clock;
import java.util.Optional;

/** Anthropic's messages API. */
public final class AnthropicProvider implements LlmProvider {
  private final AnthropicChatModel model;
  private final Attempts attempts;

  AnthropicProvider(LlmSpec llm, ApiKey key, HttpTransport wire, Clock clock) {
    AnthropicChatModel.AnthropicChatModelBuilder builder =
        AnthropicChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(llm.address())
            .modelName(llm.model())
            .maxRetries(0)
            .logRequests(false)
            .logResponses(false);
    // LangChain4j insists on a key; an endpoint that needs none ignores it.
    builder.apiKey(key.secret().orElse("none"));
    this.model = builder.build();
    this.attempts =
        new Attempts(
            Dialect.anthropic(llm.model()),
            new ErrorMapper(llm.provider(), llm.address() + "/messages", key, clock));
  }

  @Override
  public LlmReply ask(LlmRequest request) {
    return attempts.ask(request, dialect -> reply(model.chat(chatRequest(request, dialect))));
  }

  private static ChatRequest chatRequest(LlmRequest request, Dialect dialect) {
    DefaultChatRequestParameters.Builder<?> parameters =
        ChatRequestParameters.builder()
            .modelName(request.model())
            .maxOutputTokens(request.maxOutputTokens());
    request.temperature().filter(value -> dialect.temperature()).ifPresent(parameters::temperature);
    Chat.format(request, dialect.format()).ifPresent(parameters::responseFormat);
    return ChatRequest.builder()
        .messages(Chat.messages(request))
        .parameters(parameters.build())
        .build();
  }

  private static LlmReply reply(ChatResponse response) {
    AnthropicChatResponseMetadata metadata = (AnthropicChatResponseMetadata) response.metadata();
    JsonNode body = Chat.body(metadata.rawHttpResponse());
    if (body.path("stop_reason").asText("").equals("refusal")) {
      throw new ContentFilteredException("declined");
    }
    return new LlmReply(
        Optional.ofNullable(response.aiMessage().text()).orElse(""),
        ReportedUsage.anthropic(body.path("usage")),
        response.finishReason() == FinishReason.LENGTH,
        LimitHeaders.of(metadata.rawHttpResponse().headers()),
        ServiceTier.named(body.at("/usage/service_tier").asText("")),
        Optional.empty());
  }
}
