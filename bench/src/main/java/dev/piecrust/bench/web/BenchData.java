package dev.piecrust.bench.web;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.DatabaseConfig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Fills a database with campaigns that never ran, as fast as it takes rows. */
final class BenchData {
  /** Features of a layer. */
  static final int WIDTH = 32_768;

  static final int LAYERS = 16;

  /** Prompts whose artifacts are there. */
  static final int READABLE = 40;

  private static final int UNIT = 5;
  private static final int KEEPERS = 20;
  private static final List<String> WORDS =
      List.of(
          "names", "people", "code", "numbers", "after", "before", "city", "verbs", "speech",
          "time", "money", "list", "colour", "past", "plural", "first", "end", "quote", "law",
          "water", "family", "music", "animal", "country", "letter", "sport", "food", "war");
  private static final List<String> STAGES =
      List.of(
          FeatureStages.EXPLAIN,
          FeatureStages.WRITE,
          FeatureStages.RATE,
          FeatureStages.RATE_STEERED);

  private final WebSize size;
  private final Stores stores;
  private final BenchArtifacts artifacts;
  private final SplittableRandom random = new SplittableRandom(1);

  BenchData(WebSize size, Stores stores, BenchArtifacts artifacts) {
    this.size = size;
    this.stores = stores;
    this.artifacts = artifacts;
  }

  static String word(SplittableRandom random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  /** The feature at a place of every campaign's list. */
  static FeatureId feature(int ordinal) {
    return new FeatureId(ordinal % LAYERS, ordinal / LAYERS);
  }

  /**
   * Fills all tables, and says how far it is.
   *
   * @param folder for what specs name
   */
  void fill(DatabaseConfig config, Path folder, Consumer<String> progress) {
    campaigns(folder);
    try (Connection connection =
        DriverManager.getConnection(config.url(), config.user(), config.password())) {
      connection.setAutoCommit(false);
      progress.accept("prompt results …");
      results(connection);
      progress.accept("features …");
      features(connection);
      progress.accept("calls …");
      calls(connection);
      units(connection);
      progress.accept("sums …");
      sums(connection);
    } catch (SQLException e) {
      throw PieCrustException.external("the database could not be filled", e);
    }
    for (int c = 0; c < size.campaigns(); c++) {
      stores.campaigns().enter(WebSize.campaign(c), CampaignState.RUNNING, "");
      stores.campaigns().openStage(WebSize.campaign(c), "fidelity ioi", size.prompts());
      FeatureStages.SHOWN.forEach(open(c));
      if (c > 0) {
        stores.campaigns().enter(WebSize.campaign(c), CampaignState.FINISHED, "");
      }
    }
  }

  private void campaigns(Path folder) {
    try {
      BenchSpec.makeSubjects(folder);
    } catch (IOException e) {
      throw PieCrustException.external("the folder %s cannot be used".formatted(folder), e);
    }
    for (int c = 0; c < size.campaigns(); c++) {
      stores.campaigns().create(WebSize.campaign(c), BenchSpec.of(c, size, folder));
    }
  }

  private Consumer<String> open(int campaign) {
    return stage ->
        stores.campaigns().openStage(WebSize.campaign(campaign), stage, size.featuresEach());
  }

  private void results(Connection connection) throws SQLException {
    try (Bulk rows =
        new Bulk(
            connection,
            "prompt_result",
            "campaign_id, task, prompt, method, budget, kl_last, kl_all, pred_changed,"
                + " faithfulness, completeness")) {
      for (int c = 0; c < size.campaigns(); c++) {
        for (int prompt = 0; prompt < size.prompts(); prompt++) {
          for (String method : BenchSpec.METHODS) {
            for (int budget : BenchSpec.BUDGETS) {
              double kl = 10 * random.nextDouble() / budget;
              rows.add(
                  WebSize.campaign(c),
                  BenchSpec.TASK,
                  prompt,
                  method,
                  budget,
                  kl,
                  kl / 2,
                  0.0,
                  random.nextDouble(),
                  random.nextDouble());
            }
          }
        }
      }
    }
  }

  private void features(Connection connection) throws SQLException {
    try (Bulk features =
            new Bulk(
                connection,
                "campaign_feature",
                "campaign_id, layer, feature, ordinal, kept, mean_abs_score, tasks, place,"
                    + " description, title, clarity, responsiveness, purity, faithfulness");
        Bulk explanations =
            new Bulk(
                connection,
                "explanation",
                "campaign_id, layer, feature, provider, model, baseline, description, reason");
        Bulk scores =
            new Bulk(
                connection,
                "fade_score",
                "campaign_id, layer, feature, metric, score, samples, reason");
        Bulk keepers =
            new Bulk(
                connection,
                "kept_prompt",
                "campaign_id, layer, feature, task, prompt, occurrences, place, strength")) {
      for (int c = 0; c < size.campaigns(); c++) {
        String campaign = WebSize.campaign(c);
        for (int i = 0; i < size.featuresEach(); i++) {
          FeatureId f = feature(i);
          String description = description();
          double clarity = score();
          features.add(
              campaign,
              f.layer(),
              f.index(),
              i,
              size.featuresEach() - i,
              random.nextDouble(),
              BenchSpec.TASK,
              random.nextInt(64),
              description,
              description.toLowerCase(Locale.ROOT),
              clarity,
              score(),
              score(),
              score());
          explanations.add(
              campaign, f.layer(), f.index(), "openai", "gpt-6-luna", false, description, "");
          for (FadeMetric metric : FadeMetric.values()) {
            scores.add(campaign, f.layer(), f.index(), metric.name(), random.nextDouble(), 20, "");
          }
          for (int k = 0; k < Math.min(KEEPERS, size.prompts()); k++) {
            keepers.add(
                campaign,
                f.layer(),
                f.index(),
                BenchSpec.TASK,
                k,
                1,
                random.nextInt(64),
                random.nextDouble());
          }
        }
      }
    }
  }

  /** Every tenth is missing. */
  private double score() {
    return random.nextInt(10) == 0 ? -1 : random.nextDouble();
  }

  private String description() {
    return "%s of %s near %s".formatted(word(random), word(random), word(random));
  }

  private void calls(Connection connection) throws SQLException {
    OffsetDateTime start = OffsetDateTime.now(ZoneOffset.UTC).minusDays(2);
    try (Bulk rows =
        new Bulk(
            connection,
            "llm_call",
            "campaign_id, stage, layer, feature, endpoint, provider, model, cache_key, state,"
                + " batched, reserved_usd, usd, input_tokens, cached_input_tokens, output_tokens,"
                + " reasoning_tokens, worker, reserved_at, ended_at, error")) {
      for (int i = 0; i < size.callsEach(); i++) {
        for (int c = 0; c < size.campaigns(); c++) {
          FeatureId f = feature(random.nextInt(size.featuresEach()));
          boolean lost = random.nextInt(1000) == 0;
          OffsetDateTime at = start.plusSeconds(i);
          rows.add(
              WebSize.campaign(c),
              STAGES.get(i % STAGES.size()),
              f.layer(),
              f.index(),
              "e",
              "openai",
              "gpt-6-luna",
              "k" + i,
              lost ? "LOST" : "SETTLED",
              false,
              new BigDecimal("0.002"),
              new BigDecimal("0.0011"),
              900L,
              100L,
              300L,
              100L,
              "w",
              at,
              at.plusSeconds(2),
              lost ? "its worker died" : "");
        }
      }
    }
  }

  private void units(Connection connection) throws SQLException {
    ArtifactRef evidence = artifacts.evidence();
    ArtifactRef written = artifacts.written();
    ArtifactRef rated = artifacts.rated();
    try (Bulk rows =
        new Bulk(
            connection,
            "work_unit",
            "campaign_id, stage, unit, parked, done, failed, sha256, bytes, ended_at")) {
      for (int from = 0; from < size.prompts(); from += UNIT) {
        String unit = "%s/%06d-%06d".formatted(BenchSpec.TASK, from, from + UNIT);
        ArtifactRef ref = from < READABLE ? artifacts.prompts(from, from + UNIT) : evidence;
        for (int c = 0; c < size.campaigns(); c++) {
          unit(rows, c, "fidelity " + BenchSpec.TASK, unit, UNIT, ref);
        }
      }
      for (int c = 0; c < size.campaigns(); c++) {
        for (int i = 0; i < size.featuresEach(); i++) {
          String unit = new FeatureUnit(WebSize.campaign(c), feature(i)).unit();
          unit(rows, c, FeatureStages.EVIDENCE, unit, 1, evidence);
          unit(rows, c, FeatureStages.ACTIVATE, unit, 1, written);
          unit(rows, c, FeatureStages.RATE, unit, 1, rated);
          unit(rows, c, FeatureStages.EXPLAIN, unit, 1, written);
        }
      }
    }
  }

  private static void unit(
      Bulk rows, int campaign, String stage, String unit, int done, ArtifactRef ref)
      throws SQLException {
    rows.add(
        WebSize.campaign(campaign),
        stage,
        unit,
        false,
        done,
        0,
        ref.sha256(),
        ref.bytes(),
        OffsetDateTime.now(ZoneOffset.UTC));
  }

  /** What is kept in step otherwise, as the migrations make it. */
  private static void sums(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : BenchSums.ALL) {
        statement.executeUpdate(sql);
      }
    }
    connection.commit();
  }
}
