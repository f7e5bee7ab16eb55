package dev.piecrust.llm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.langchain4j.exception.ContentFilteredException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatRequestParameters;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.ServiceTier;
import java.time.Clock;
import java.util.Optional;

/** OpenAI's chat completions, and all endpoints that speak the same: vLLM, Ollama, LiteLLM. */
public final class OpenAiProvider implements LlmProvider {
  private final OpenAiChatModel model;
  private final Attempts attempts;
  private final String address;

  OpenAiProvider(LlmSpec llm, ApiKey key, HttpTransport wire, Clock clock) {
    OpenAiChatModel.OpenAiChatModelBuilder builder =
        OpenAiChatModel.builder()
            .httpClientBuilder(wire.builder())
            .baseUrl(llm.address())
            .modelName(llm.model())
            .strictJsonSchema(true)
            .maxRetries(0)
            .logRequests(false)
            .logResponses(false);
    key.secret().ifPresent(builder::apiKey);
    this.model = builder.build();
    this.address = llm.address();
    boolean own = llm.baseUrl().isEmpty() || llm.baseUrl().get().contains("//api.openai.com");
    this.attempts =
        new Attempts(
            Dialect.openAi(own, llm.model()),
            new ErrorMapper(llm.provider(), llm.address() + "/chat/completions", key, clock));
  }

  @Override
  public LlmReply ask(LlmRequest request) {
    return attempts.ask(request, dialect -> reply(model.chat(chatRequest(request, dialect))));
  }

  private static ChatRequest chatRequest(LlmRequest request, Dialect dialect) {
    OpenAiChatRequestParameters.Builder parameters = OpenAiChatRequestParameters.builder();
    parameters.modelName(request.model());
    request.temperature().filter(value -> dialect.temperature()).ifPresent(parameters::temperature);
    Chat.format(request, dialect.format()).ifPresent(parameters::responseFormat);
    if (dialect.completionTokens()) {
      parameters.maxCompletionTokens(request.maxOutputTokens());
    } else {
      parameters.maxOutputTokens(request.maxOutputTokens());
    }
    return ChatRequest.builder()
        .messages(Chat.messages(request))
        .parameters(parameters.build())
        .build();
  }

  private LlmReply reply(ChatResponse response) {
    OpenAiChatResponseMetadata metadata = (OpenAiChatResponseMetadata) response.metadata();
    JsonNode body = Chat.body(metadata.rawHttpResponse());
    JsonNode message = body.path("choices").path(0).path("message");
    if (message.path("refusal").isTextual()
        || response.finishReason() == FinishReason.CONTENT_FILTER) {
      throw new ContentFilteredException("declined");
    }
    return new LlmReply(
        Optional.ofNullable(response.aiMessage().text()).orElse(""),
        ReportedUsage.openAi(body.path("usage")),
        response.finishReason() == FinishReason.LENGTH,
        LimitHeaders.of(metadata.rawHttpResponse().headers()),
        ServiceTier.named(body.path("service_tier").asText("")),
        ReportedUsage.cost(address, body.path("usage")));
  }
}
