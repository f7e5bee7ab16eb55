package dev.piecrust.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dashboard and alerts speak of what the program measures. */
final class MonitoringTest {
  private static final Path DASHBOARD =
      DeployFolder.ROOT.resolve("monitoring/grafana/piecrust.json");

  private static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    DeployFolder.document("monitoring/alerts.yaml")
        .path("groups")
        .forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  private static List<String> dashboardQueries() {
    return DeployFolder.json(DASHBOARD).findValuesAsText("expr");
  }

  @Test
  void everySeriesAndLabelOfTheAlertsExists() {
    assertThat(rules()).hasSizeGreaterThan(10);
    assertThat(rules())
        .allSatisfy(rule -> assertThat(Series.problems(rule.path("expr").asText())).isEmpty());
  }

  @Test
  void everySeriesAndLabelOfTheDashboardExists() {
    assertThat(dashboardQueries()).hasSizeGreaterThan(15);
    assertThat(dashboardQueries())
        .allSatisfy(query -> assertThat(Series.problems(query)).isEmpty());
  }

  @Test
  void everyOwnMeterIsOnTheDashboard() {
    String queries = String.join("\n", dashboardQueries());
    assertThat(Series.ownMeters()).allMatch(series -> series.stream().anyMatch(queries::contains));
  }

  @Test
  void noticesNamesThatDoNotExist() {
    assertThat(Series.problems("rate(piecrust_units[5m])"))
        .containsExactly("there is no piecrust_units");
    assertThat(Series.problems("sum by (kind) (piecrust_units_total{stages=\"x\"})"))
        .containsExactly("piecrust_units_total has no label stages", "no series has a label kind");
    assertThat(Series.problems("temporal_pollers + hikaricp_connections + jvm_memory_bytes"))
        .hasSize(3);
    assertThat(Series.problems("max(piecrust_campaigns{state=\"finnished\"})"))
        .containsExactly("there is no state finnished");
    assertThat(Series.problems("up{job=\"piecrust-gpu\"}"))
        .containsExactly("Prometheus has no job piecrust-gpu");
  }

  @Test
  void everyAlertSaysWhatToDo() {
    Set<String> severities = Set.of("info", "warning", "critical");
    assertThat(rules())
        .allSatisfy(
            rule -> {
              assertThat(rule.path("alert").asText()).startsWith("PieCrust");
              assertThat(severities).contains(rule.at("/labels/severity").asText());
              assertThat(rule.at("/annotations/summary").asText()).isNotBlank();
              assertThat(rule.at("/annotations/runbook").asText()).endsWith(".");
            })
        .extracting(rule -> rule.path("alert").asText())
        .doesNotHaveDuplicates();
  }

  @Test
  void prometheusAsksTheServicesOfTheComposeFile() {
    JsonNode services = ComposeFile.read().path("services");
    List<String> names =
        Kustomization.stream(
                DeployFolder.document("monitoring/prometheus.yaml").path("scrape_configs"))
            .flatMap(job -> Kustomization.stream(job.path("dns_sd_configs")))
            .flatMap(config -> DeployFolder.texts(config.path("names")).stream())
            .toList();
    assertThat(names).isNotEmpty().allMatch(services::has);
  }

  @Test
  void grafanaFindsItsDashboardAndItsData() {
    JsonNode source = DeployFolder.document("monitoring/grafana/datasources.yaml");
    String uid = source.at("/datasources/0/uid").asText();
    JsonNode dashboard = DeployFolder.json(DASHBOARD);
    Stream<JsonNode> panels = Kustomization.stream(dashboard.path("panels"));
    assertThat(panels.filter(panel -> panel.has("targets")))
        .allMatch(panel -> panel.at("/datasource/uid").asText().equals(uid))
        .allMatch(panel -> !panel.path("description").asText().isBlank());
    String folder =
        DeployFolder.document("monitoring/grafana/dashboards.yaml")
            .at("/providers/0/options/path")
            .asText();
    assertThat(DeployFolder.texts(ComposeFile.read().at("/services/grafana/volumes")))
        .contains("./monitoring/grafana/piecrust.json:" + folder + "/piecrust.json:ro");
  }
}
