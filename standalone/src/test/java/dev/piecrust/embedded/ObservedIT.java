package dev.piecrust.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.Json;
import dev.piecrust.metric.Meters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of the packaged program while it runs a campaign. */
class ObservedIT {
  /** Name and value; a trace that it stands for may follow. */
  private static final Pattern SERIES =
      Pattern.compile("(?m)^(piecrust_\\w+)(?:\\{.*?})? ([^ #]+)(?: #.*)?$");

  private static final String COMPLETED = "temporal_workflow_completed_total{";

  /** Nothing fails here, so it stands at 0. */
  private static final Set<String> STILL = Set.copyOf(Meters.LLM_CIRCUITS_OPEN.series());

  @TempDir Path folder;

  @Test
  void showsEveryMeterAndSaysForWhomItWorksInLogsAndTraces() throws Exception {
    Monitored monitored = Monitored.atFreePort();
    try (StandInLlm llm = new StandInLlm().busyAtFirst();
        StandInCollector collector = new StandInCollector()) {
      Program program = monitored.with(new Program(folder.resolve("home")));
      program.with("STAND_IN_API_KEY", "key");
      program.with("PIECRUST_LOG_FORMAT", "json");
      program.with("PIECRUST_OTLP_ENDPOINT", collector.endpoint());
      Program.Running serve = program.start("serve", "--port", "0");
      try {
        monitored.await("/q/health/ready", 200);
        monitored.await("/q/health/live", 200);
        while (!serve.printed().contains("answers at")) {
          assertThat(serve.process().isAlive()).as(serve.printed()).isTrue();
          Thread.sleep(50);
        }
        Program.Running run =
            program.start("run", spec(llm.baseUrl()).toString(), "--yes", "--out", out());
        Set<String> moved = new HashSet<>();
        Set<String> there = new HashSet<>();
        while (!run.process().waitFor(500, TimeUnit.MILLISECONDS)) {
          look(monitored, there, moved);
        }
        assertThat(run.exitStatus()).as(run.printed()).isZero();
        look(monitored, there, moved);
        assertThat(there).containsAll(Meters.allSeries());
        assertThat(moved).containsAll(without(Meters.allSeries(), STILL));
        assertThat(monitored.get("/q/metrics").body().length()).isLessThan(300_000);
        // Temporal's client tells its own counts every few seconds, not as they change.
        assertThat(monitored.await("/q/metrics", COMPLETED))
            .doesNotContain("small-")
            .contains("temporal_activity_execution_latency_seconds_count{")
            .contains("jvm_memory_used_bytes{");
      } finally {
        serve.process().destroy();
      }
      int status = serve.exitStatus();
      assertThat(status).as(serve.printed()).isIn(0, 143);
      assertThatLinesSayForWhom(serve.printed());
      assertThatOneTraceJoins(collector);
    }
  }

  private static void look(Monitored monitored, Set<String> there, Set<String> moved)
      throws IOException, InterruptedException {
    SERIES
        .matcher(monitored.get("/q/metrics").body())
        .results()
        .forEach(
            row -> {
              there.add(row.group(1));
              if (Double.parseDouble(row.group(2)) > 0) {
                moved.add(row.group(1));
              }
            });
  }

  private static Set<String> without(List<String> all, Set<String> some) {
    return all.stream().filter(name -> !some.contains(name)).collect(Collectors.toSet());
  }

  private static void assertThatLinesSayForWhom(String printed) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : printed.lines().filter(l -> !l.startsWith("piecrust ")).toList()) {
      lines.add(Json.mapper().readTree(line));
    }
    List<JsonNode> computed =
        lines.stream().filter(l -> l.path("message").asText().endsWith("computed")).toList();
    assertThat(computed).isNotEmpty();
    for (JsonNode line : computed) {
      assertThat(line.at("/mdc/campaign").asText()).startsWith("small-");
      assertThat(line.at("/mdc/stage").asText()).matches("[a-z-]+");
      assertThat(line.at("/mdc/unit").asText()).startsWith("ioi/");
      assertThat(line.at("/message").asText()).contains(line.at("/mdc/unit").asText());
    }
    assertThat(lines).anySatisfy(l -> assertThat(l.at("/mdc/campaign").isMissingNode()).isTrue());
  }

  private static void assertThatOneTraceJoins(StandInCollector collector) {
    List<StandInCollector.Span> spans = collector.spans();
    String trace =
        spans.stream()
            .filter(span -> span.name().equals("POST /api/v1/campaigns"))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no request among " + spans))
            .trace();
    assertThat(spans)
        .filteredOn(span -> span.trace().equals(trace))
        .extracting(StandInCollector.Span::name)
        .contains(
            "StartWorkflow:CampaignWorkflow",
            "RunWorkflow:CampaignWorkflow",
            "RunWorkflow:PruneWorkflow",
            "RunActivity:PruneBatch",
            "RunActivity:Explain");
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  private Path spec(String baseUrl) throws IOException {
    return SmallSpec.explaining(
        folder,
        "fap, random",
        10,
        4,
        "windows: 200, tokens: 48",
        StandInLlm.asModel(baseUrl, 100)
            + "limits: {usd: 5, requests_per_minute: 6000, tokens_per_minute: 10000000}\n");
  }
}
