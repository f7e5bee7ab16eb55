package dev.piecrust.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.ledger.BatchSettings;
import dev.piecrust.ledger.Campaigns;
import dev.piecrust.ledger.LedgerLlmClient;
import dev.piecrust.ledger.LedgerSettings;
import dev.piecrust.llm.Providers;
import dev.piecrust.price.PriceTable;
import dev.piecrust.store.ledger.CostLine;
import io.temporal.testing.TestActivityEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a campaign learns of its language models, all the way to a server, before it prunes. All its
 * roles have one model, but for one that has the baseline.
 */
class ProbeTest {
  private static final String KEPT = "{\"verdict\": true}";
  private static final String NOT_KEPT = "Fire is {\"hot\": true}.";

  @TempDir private Path folder;
  private final List<JsonNode> asked = new CopyOnWriteArrayList<>();
  private TestActivityEnvironment temporal;
  private HttpServer server;
  private DemoUnit demo;
  private LedgerLlmClient desk;
  private LlmActivities worker;
  private int status = 200;
  private String said = KEPT;
  private boolean reportsUsage = true;
  private boolean understandsFormats = true;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
    temporal = TestActivityEnvironment.newInstance();
    LlmSpec llm =
        Campaigns.openAi(Optional.of(url())).with(Map.of(LlmRole.WRITE, LlmSpec.lexical()));
    demo = new DemoUnit(folder, DemoUnit.steering(), llm, Campaigns.cap("1"));
    desk =
        LedgerLlmClient.open(
            demo.stores,
            PriceTable.shipped(),
            new Providers(name -> Optional.empty(), LlmAccess.of(Map.of())),
            name -> null,
            new LedgerSettings(
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(30),
                Duration.ofDays(1)),
            BatchSettings.defaults());
    temporal.registerActivitiesImplementations(new LlmWorker(desk, demo.stores, demo.artifacts));
    worker = temporal.newActivityStub(LlmActivities.class);
  }

  @AfterEach
  void stop() {
    desk.close();
    temporal.close();
    demo.close();
    server.stop(0);
  }

  @Test
  void asksOnceThroughTheLedgerAndSaysWhatWorks() {
    assertThat(worker.probe("demo")).isEqualTo(LlmStep.done());
    assertThat(worker.probe("demo")).isEqualTo(LlmStep.done());
    assertThat(events())
        .containsExactly(
            name() + " answers, keeps to the schema that it is given, and reports its usage");
    assertThat(asked).hasSize(1);
    assertThat(demo.stores.costs().byStage("demo"))
        .extracting(CostLine::part, CostLine::calls, CostLine::hits)
        .containsExactly(tuple(FeatureStages.PROBE, 1L, 1L));
    assertThat(demo.stores.costs().byFeature("demo")).isEmpty();
    assertThat(demo.stores.accounts().spend("demo").spent()).isPositive();
  }

  @Test
  void saysThatSchemasAreNotKeptTo() {
    said = NOT_KEPT;
    assertThat(worker.probe("demo")).isEqualTo(LlmStep.done());
    assertThat(events()).singleElement().asString().contains("does not keep to the schema");
  }

  @Test
  void triesSimplerFormatsAndSaysThatSchemasAreNotKeptTo() {
    understandsFormats = false;
    said = NOT_KEPT;
    assertThat(worker.probe("demo")).isEqualTo(LlmStep.done());
    assertThat(events()).singleElement().asString().contains("does not keep to the schema");
    assertThat(asked.get(asked.size() - 1).has("response_format")).isFalse();
  }

  @Test
  void saysThatUsageIsNotReportedAndCountsTheWorst() {
    reportsUsage = false;
    assertThat(worker.probe("demo")).isEqualTo(LlmStep.done());
    assertThat(events()).singleElement().asString().contains("reports no usage that can be");
    assertThat(demo.stores.accounts().spend("demo").unknown()).isPositive();
  }

  @Test
  void stopsAtAWrongKey() {
    status = 401;
    said = "Incorrect API key provided";
    LlmStep step = worker.probe("demo");
    assertThat(step.state()).isEqualTo(LlmStep.State.STOPPED);
    assertThat(step.reason()).contains("(401)", url(), "for the model gpt-5.4", "without a key");
    assertThat(demo.stores.accounts().spend("demo").reserved()).isZero();
    assertThat(demo.stores.accounts().spend("demo").spent()).isZero();
  }

  @Test
  void stopsAtAWrongAddressOrModel() {
    status = 404;
    said = "no such model";
    assertThat(worker.probe("demo").state()).isEqualTo(LlmStep.State.STOPPED);
  }

  @Test
  void tellsARequestThatIsRefusedInAllForms() {
    status = 400;
    said = "unknown parameter foo";
    LlmStep step = worker.probe("demo");
    assertThat(step.state()).isEqualTo(LlmStep.State.UNSCORED);
    assertThat(step.reason()).contains("refuses the smallest question", "unknown parameter foo");
  }

  @Test
  void goesOnWhereNobodyIsThere() {
    server.stop(0);
    assertThat(worker.probe("demo")).isEqualTo(LlmStep.done());
    assertThat(events())
        .singleElement()
        .asString()
        .contains("gives no answer now", "cannot be reached", "explaining waits for it");
  }

  private List<String> events() {
    return demo.stores.campaigns().events("demo").stream()
        .filter(event -> event.kind().equals("model"))
        .map(CampaignEvent::message)
        .toList();
  }

  private String url() {
    return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
  }

  private String name() {
    return "openai's gpt-5.4 at " + url();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = Json.mapper().readTree(exchange.getRequestBody());
    asked.add(request);
    boolean refused = !understandsFormats && request.has("response_format");
    int code = refused ? 400 : status;
    byte[] body = (code == 200 ? completion() : error(refused)).toString().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private ObjectNode error(boolean refused) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.putObject("error").put("message", refused ? "response_format is unknown" : said);
    return body;
  }

  private ObjectNode completion() {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("id", "1").put("object", "chat.completion").put("created", 1).put("model", "gpt-5.4");
    ObjectNode choice = body.putArray("choices").addObject();
    choice.put("index", 0).put("finish_reason", "stop");
    choice.putObject("message").put("role", "assistant").put("content", said);
    if (reportsUsage) {
      body.putObject("usage").put("prompt_tokens", 40).put("completion_tokens", 6);
    }
    return body;
  }
}
