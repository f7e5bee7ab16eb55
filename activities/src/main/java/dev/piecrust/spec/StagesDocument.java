package dev.piecrust.spec;

import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.DescriptionsSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.price.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parts of {@link SpecDocument} that stages II and III are. */
final class StagesDocument {
  private StagesDocument() {}

  static Map<String, Object> tree(InterpretSpec interpret) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("features", features(interpret.features()));
    tree.put("corpus", corpus(interpret.corpus()));
    Map<String, Object> evidence = new LinkedHashMap<>();
    evidence.put("top", interpret.evidence().top());
    evidence.put("per_stratum", interpret.evidence().perStratum());
    evidence.put("mark_share", interpret.evidence().markShare());
    tree.put("evidence", evidence);
    tree.put("llm", llm(interpret.llm()));
    interpret.descriptions().ifPresent(known -> tree.put("descriptions", descriptions(known)));
    return tree;
  }

  private static Map<String, Object> descriptions(DescriptionsSpec descriptions) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("path", descriptions.path());
    tree.put("sha256", descriptions.sha256());
    tree.put("only", descriptions.only());
    return tree;
  }

  private static Map<String, Object> features(FeatureRule rule) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("method", rule.method().label());
    tree.put("budget", rule.budget());
    tree.put("min_kept", rule.minKept());
    tree.put("at_most", rule.atMost());
    return tree;
  }

  private static Map<String, Object> corpus(CorpusSpec corpus) {
    Map<String, Object> tree = new LinkedHashMap<>();
    corpus.path().ifPresent(path -> tree.put("path", path));
    corpus.published().ifPresent(folder -> tree.put("published", folder));
    tree.put("windows", corpus.windows());
    tree.put("tokens", corpus.tokens());
    return tree;
  }

  private static Map<String, Object> llm(LlmSpec llm) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("provider", llm.provider().label());
    tree.put("model", llm.model());
    llm.baseUrl().ifPresent(url -> tree.put("base_url", url));
    llm.apiKeyEnv().ifPresent(name -> tree.put("api_key_env", name));
    tree.put("schedule", llm.schedule().label());
    llm.temperature().ifPresent(value -> tree.put("temperature", value));
    tree.put("max_output_tokens", llm.maxOutputTokens());
    tree.put("concurrency", llm.concurrency());
    tree.put("timeout_seconds", llm.timeoutSeconds());
    llm.price().ifPresent(price -> tree.put("price", price(price)));
    if (llm.unpriced()) {
      tree.put("price", "unknown");
    }
    llm.effort().ifPresent(effort -> tree.put("effort", effort.label()));
    if (!llm.extra().isEmpty()) {
      tree.put("extra", llm.extra());
    }
    llm.roles()
        .forEach(
            (role, own) -> {
              Map<String, Object> part = llm(own);
              part.remove("concurrency"); // of all roles together
              tree.put(role.label(), part);
            });
    return tree;
  }

  private static Map<String, Object> price(Price price) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("input", price.input());
    tree.put("cached_input", price.cachedInput());
    tree.put("output", price.output());
    tree.put("reasoning", price.reasoning());
    tree.put("batch_share", price.batchShare());
    Price usual = // what is as usual is not written, so that older specs keep their names
        new Price(
            price.input(),
            price.cachedInput(),
            price.output(),
            price.reasoning(),
            price.batchShare());
    unusual(tree, "cache_write", price.cacheWrite(), usual.cacheWrite());
    unusual(tree, "flex_share", price.flexShare(), usual.flexShare());
    unusual(tree, "priority_times", price.priorityTimes(), usual.priorityTimes());
    return tree;
  }

  private static void unusual(
      Map<String, Object> tree, String key, BigDecimal value, BigDecimal usual) {
    if (value.compareTo(usual) != 0) {
      tree.put(key, value);
    }
  }

  static Map<String, Object> tree(EvaluateSpec evaluate) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("preset", evaluate.preset().label());
    tree.put("generation_calls", evaluate.generationCalls());
    tree.put("texts_per_call", evaluate.textsPerCall());
    tree.put("rated_samples", evaluate.ratedSamples());
    tree.put("rating_batch", evaluate.ratingBatch());
    tree.put("top_share", evaluate.topShare());
    tree.put("faithfulness", evaluate.faithfulness());
    tree.put("factors", evaluate.factors());
    tree.put("steered_texts", evaluate.steeredTexts());
    tree.put("continuation_tokens", evaluate.continuationTokens());
    tree.put("gini_threshold", evaluate.giniThreshold());
    tree.put("seed", evaluate.seed());
    return tree;
  }
}
