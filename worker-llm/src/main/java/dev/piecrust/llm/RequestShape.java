package dev.piecrust.llm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmEffort;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import java.util.regex.Pattern;

/**
 * What a spec adds to the body of a request, whether it goes at once or in a batch: effort, tier,
 * the marks of what the provider is to cache, and parameters that are passed on.
 */
public final class RequestShape {
  /**
   * A prompt of fewer characters has fewer tokens than a model caches; English has four a token.
   */
  private static final int CHARACTERS_PER_TOKEN = 4;

  /** What is shorter is not cached, and the mark then costs nothing. */
  private static final int LEAST_CACHED = 1024;

  private static final int LEAST_CACHED_BY_HAIKU_5_5 = 512;

  private static final String TEXT = "text";
  private static final String SYSTEM = "system";

  private static final Pattern NO_SAMPLING =
      Pattern.compile("claude-haiku-5-5.*|gemini-(3\\.[6-9]|[4-9]).*");

  private RequestShape() {}

  /** Whether a model is known to refuse a temperature; of others it is learnt. */
  public static boolean refusesTemperature(String model) {
    return NO_SAMPLING.matcher(model.substring(model.lastIndexOf('/') + 1)).matches();
  }

  /** The same as text. */
  static String of(LlmSpec llm, String body) {
    JsonNode json = Json.read(body, JsonNode.class, "a request");
    return json instanceof ObjectNode object ? of(llm, object).toString() : body;
  }

  /** Adds it to a body, and never changes what is there. */
  public static ObjectNode of(LlmSpec llm, ObjectNode body) {
    boolean anthropic = llm.provider() == LlmProviderKind.ANTHROPIC;
    if (anthropic) {
      llm.effort().ifPresent(effort -> think(body, effort));
      markShared(body, leastCached(llm.model()));
    } else {
      llm.effort().ifPresent(effort -> body.put("reasoning_effort", effort.label()));
    }
    if (llm.schedule() == LlmSchedule.FLEX) {
      body.put("service_tier", "flex");
    } else if (llm.schedule() == LlmSchedule.REALTIME
        && llm.provider() == LlmProviderKind.OPENAI
        && llm.baseUrl().isEmpty()) {
      body.put("service_tier", "default"); // a project's own may be dearer than what is reserved
    }
    if (llm.provider() == LlmProviderKind.OPENROUTER) {
      body.putObject("usage").put("include", true);
    }
    llm.extra().forEach((name, value) -> body.putIfAbsent(name, Json.mapper().valueToTree(value)));
    return body;
  }

  /** Anthropic has no effort below low; none is not to think at all. */
  private static void think(ObjectNode body, LlmEffort effort) {
    switch (effort) {
      case NONE -> body.putObject("thinking").put("type", "disabled");
      case MINIMAL -> body.withObject("/output_config").put("effort", LlmEffort.LOW.label());
      case LOW, MEDIUM, HIGH -> body.withObject("/output_config").put("effort", effort.label());
    }
  }

  private static int leastCached(String model) {
    return model.startsWith("claude-haiku-5-5") ? LEAST_CACHED_BY_HAIKU_5_5 : LEAST_CACHED;
  }

  /** Marks the instruction, which all calls of a role share, if it is long enough to be cached. */
  private static void markShared(ObjectNode body, int leastTokens) {
    if (length(body.path(SYSTEM)) >= (long) leastTokens * CHARACTERS_PER_TOKEN
        && blocks(body).path(blocks(body).size() - 1) instanceof ObjectNode last) {
      last.putObject("cache_control").put("type", "ephemeral");
    }
  }

  private static long length(JsonNode text) {
    long length = text.isTextual() ? text.asText().length() : 0;
    for (JsonNode block : text) {
      length += block.path(TEXT).asText().length();
    }
    return length;
  }

  private static ArrayNode blocks(ObjectNode body) {
    if (body.path(SYSTEM) instanceof ArrayNode blocks) {
      return blocks;
    }
    String text = body.path(SYSTEM).asText();
    ArrayNode blocks = body.putArray(SYSTEM);
    blocks.addObject().put("type", TEXT).put(TEXT, text);
    return blocks;
  }
}
