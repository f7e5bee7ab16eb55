package dev.piecrust.store.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.Stores;
import dev.piecrust.store.features.FeatureLine;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a campaign of release 0.4 when the pages of 0.5 open its database. */
abstract class UpgradeContract {
  /** The schema of release 0.4. */
  private static final String BEFORE = "4";

  private static final CampaignSpec SPEC =
      new CampaignSpec(
          "demo",
          new SubjectSpec("/models/tiny", "/models/tiny-clt"),
          List.of(new TaskSpec("ioi", TaskKind.IOI, 3, 7, Optional.empty())),
          PruneSpec.defaults(),
          LimitsSpec.defaults());

  private final TestEngine engine;
  @TempDir private Path folder;

  UpgradeContract(TestEngine engine) {
    this.engine = engine;
  }

  @AfterEach
  void stop() throws IOException {
    engine.close();
  }

  @Test
  void isWhatItWouldBeHadItBeenMadeNow() throws IOException, SQLException {
    DatabaseConfig config = engine.start(folder);
    fill(config);
    try (Database database = Stores.database(config)) {
      Stores stores = Stores.of(database);
      SqlReader reader = stores.reader();
      assertThat(
              reader.list(
                  "select subject, tasks from campaign where id = 'old'",
                  Map.of(),
                  row -> row.text(0) + "; " + row.text(1)))
          .containsExactly("tiny · tiny-clt; ioi");
      assertThat(
              reader.list(
                  "select prompts, kl_last, kl_last_sq, faithful, faithfulness from fidelity_sum",
                  Map.of(),
                  row ->
                      List.of(row.number(0), sum(row, 1), sum(row, 2), row.number(3), sum(row, 4))))
          .containsExactly(List.of(3L, 6.0, 14.0, 2L, 1.25));
      assertThat(stores.campaigns().status("old").stages())
          .singleElement()
          .satisfies(
              stage -> {
                assertThat(stage.done()).isEqualTo(2);
                assertThat(stage.failed()).isEqualTo(1);
              });
      assertThat(
              reader.list(
                  "select requests, tokens, usd from llm_minute",
                  Map.of(),
                  row -> List.of(row.number(0), row.number(1), row.amount(2).doubleValue())))
          .containsExactly(List.of(1L, 120L, 0.25));
      FeatureLine line = stores.views().features().find("old", new FeatureId(1, 42)).orElseThrow();
      assertThat(line.description()).contains("Names of people");
      assertThat(
              reader.list(
                  "select title, clarity, purity from campaign_feature",
                  Map.of(),
                  row -> row.text(0) + " " + sum(row, 1) + " " + sum(row, 2)))
          .containsExactly("names of people 0.5 -1.0");
      assertThat(
              reader.list(
                  "select settled, lost, usd from llm_sum",
                  Map.of(),
                  row -> List.of(row.number(0), row.number(1), row.amount(2).doubleValue())))
          .containsExactly(List.of(1L, 1L, 0.25));
    }
  }

  private static double sum(SqlRow row, int column) {
    return row.real(column).orElseThrow();
  }

  private static void fill(DatabaseConfig config) throws SQLException {
    try (HikariDataSource source = new HikariDataSource()) {
      source.setJdbcUrl(config.url());
      source.setUsername(config.user());
      source.setPassword(config.password());
      Migrations.run(source, BEFORE);
      try (Connection connection = source.getConnection();
          Statement sql = connection.createStatement()) {
        for (String row : rows()) {
          sql.executeUpdate(row);
        }
      }
    }
  }

  private static List<String> rows() {
    String now = "timestamp with time zone '2026-11-01 12:00:30+00'";
    return List.of(
        "insert into campaign values ('old', 'demo', '%s', 'FINISHED', '', %s, %s, null)"
            .formatted(Json.write(SPEC), now, now),
        "insert into campaign_stage values ('old', 'score ioi', 3, %s)".formatted(now),
        "insert into work_unit values ('old', 'score ioi', 'ioi/000000-000002', false, 2, 0,"
            + " null, null, null, %s)".formatted(now),
        "insert into work_unit values ('old', 'score ioi', 'ioi/000002-000003', true, 0, 1,"
            + " null, null, 'why', %s)".formatted(now),
        "insert into prompt_result values ('old', 'ioi', 0, 'fap', 50, 1, 1, 0, 0.5, 0.25)",
        "insert into prompt_result values ('old', 'ioi', 1, 'fap', 50, 2, 2, 0, 0.75, null)",
        "insert into prompt_result values ('old', 'ioi', 2, 'fap', 50, 3, 3, 1, null, null)",
        "insert into campaign_feature values ('old', 1, 42, 0, 7, 0.5, 'ioi')",
        "insert into explanation values ('old', 1, 42, 'openai', 'm', false, 'Names of people',"
            + " '')",
        "insert into fade_score values ('old', 1, 42, 'CLARITY', 0.5, 10, null, '')",
        call("SETTLED", "0.25", now),
        call("LOST", "null", now));
  }

  private static String call(String state, String usd, String at) {
    return """
    insert into llm_call (campaign_id, stage, layer, feature, endpoint, provider, model, cache_key,
      state, batched, reserved_usd, usd, input_tokens, output_tokens, worker, reserved_at, ended_at,
      error)
    values ('old', 'explain', 1, 42, 'e', 'openai', 'm', 'key', '%s', false, 1, %s, 100, 20, 'w',
      %s, %s, '')
    """
        .formatted(state, usd, at, at);
  }
}
