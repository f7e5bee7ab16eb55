package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.spec.CampaignIds;
import dev.piecrust.store.campaign.Checkpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is hashed is the same in every process, and where it was before, as it was. */
final class CanonicalJsonTest {
  /** How release 0.6.0 stored a spec. */
  private static final String STORED =
      """
      {"name":"old","subject":{"model":"/data/model","transcoder":"/data/clt"},"tasks":[
      {"name":"ioi","kind":"ioi","prompts":20,"seed":7,"path":null},
      {"name":"docstring","kind":"docstring","prompts":10,"seed":0,"path":null}],
      "prune":{"methods":["fap","fap-synergy","factp","acdc","random"],"budgets":[50,100],
      "corruption":"prompt","metric":"logit_diff","scope":"global","randomSeeds":5,"batch":10,
      "settings":{"synergy":{"lambda":3.0,"boundaryPercent":25.0,"boundaryCap":32,"partners":32,
      "partnersPerCandidate":8,"seed":0},"factp":{"pool":2147483647},
      "swap":{"rounds":3,"pool":64,"objective":"kl_last"},"acdc":{"tau":0.002,"ratio":4.0},
      "igPoints":5,"iterativeRounds":4},"heldOut":0.2},
      "interpret":{"features":{"method":"fap-synergy","budget":100,"minKept":1,"atMost":200},
      "corpus":{"path":"/data/corpus.jsonl","published":null,"windows":20000,"tokens":64},
      "evidence":{"top":10,"perStratum":2,"markShare":0.6},
      "llm":{"provider":"OPENAI","model":"gpt-5-mini","baseUrl":"http://127.0.0.1:1/v1",
      "apiKeyEnv":null,"schedule":"REALTIME","temperature":0.7,"maxOutputTokens":2000,
      "concurrency":16,"timeoutSeconds":120,
      "price":{"input":0.25,"cachedInput":0.25,"output":2.0,"reasoning":2.0,"batchShare":1},
      "unpriced":false},"descriptions":null},
      "evaluate":{"preset":"FULL","generationCalls":15,"textsPerCall":5,"ratedSamples":500,
      "ratingBatch":15,"topShare":0.1,"faithfulness":true,
      "factors":[-50.0,-10.0,-1.0,0.0,1.0,10.0,50.0],"steeredTexts":50,"continuationTokens":30,
      "giniThreshold":0.5,"seed":0},
      "limits":{"usd":0.5,"requestsPerMinute":60,"tokensPerMinute":null,"failureShare":0.2}}
      """;

  @Test
  void keepsTheIdsOfCampaignsOfRelease060() {
    CampaignSpec spec = Json.read(STORED, CampaignSpec.class, "the stored spec");
    assertThat(CampaignIds.of(spec)).isEqualTo("old-b1603fcc");
  }

  @Test
  void keepsTheKeysOfRelease060WhereRecordsAndListsMakeThem() {
    assertThat(
            Checkpoints.key(
                "evidence/1",
                new Evidence(1, 2, 3),
                7L,
                List.of(new FeatureId(3, 14)),
                0.25,
                Optional.empty()))
        .isEqualTo("1158fe2300c68e2aebbd25ed32719c1dbd249cc992a9d4debaa556a8a6b1d6ac");
  }

  @Test
  void sortsMapsAndJsonAtEveryLevel() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("type", "integer");
    inner.put("enum", List.of(2, 1));
    Map<String, Object> outer = new LinkedHashMap<>();
    outer.put("rating", inner);
    outer.put("id", Optional.empty());
    String sorted = "{\"id\":null,\"rating\":{\"enum\":[2,1],\"type\":\"integer\"}}";
    assertThat(Json.canonical(outer)).isEqualTo(sorted);
    assertThat(Json.canonical(List.of(tree(outer)))).isEqualTo("[" + sorted + "]");
    assertThat(Json.sortedTree(outer)).hasToString(sorted);
    assertThat(Checkpoints.key("a", outer)).isEqualTo(Checkpoints.key("a", tree(outer)));
  }

  @Test
  void writesNumbersAlikeUnderEveryJava() {
    assertThat(Json.write(Math.scalb(1.0, -44))).isEqualTo("5.684341886080802E-14");
    assertThat(Json.canonical(Double.parseDouble("2e23"))).isEqualTo("2.0E23");
  }

  @Test
  void writesScoresInTheOrderOfTheirMetrics() {
    Map<FadeMetric, FadeScore> scores = new LinkedHashMap<>();
    for (FadeMetric metric : List.of(FadeMetric.FAITHFULNESS, FadeMetric.PURITY)) {
      scores.put(metric, new FadeScore.Scored(0.5, 10));
    }
    scores.put(FadeMetric.RESPONSIVENESS, new FadeScore.Scored(0.5, 10));
    scores.put(FadeMetric.CLARITY, new FadeScore.Scored(0.5, 10));
    assertThat(new FadeResult(new FeatureId(1, 2), scores).scores().keySet())
        .containsExactly(FadeMetric.values());
  }

  private static JsonNode tree(Map<String, Object> map) {
    ObjectNode tree = Json.mapper().valueToTree(map);
    assertThat(tree.fieldNames().next()).isEqualTo("rating"); // not sorted by itself
    return tree;
  }

  /** Of the form of what a stage draws. */
  private record Evidence(int top, int each, int low) {}
}
