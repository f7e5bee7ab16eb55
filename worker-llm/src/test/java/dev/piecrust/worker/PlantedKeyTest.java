package dev.piecrust.worker;

import static dev.piecrust.worker.DemoUnit.UNIT;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.address.LlmAccess;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.feature.Explanation;
import dev.piecrust.ledger.BatchSettings;
import dev.piecrust.ledger.Campaigns;
import dev.piecrust.ledger.LedgerLlmClient;
import dev.piecrust.ledger.LedgerSettings;
import dev.piecrust.llm.Endpoint;
import dev.piecrust.llm.Providers;
import dev.piecrust.price.PriceTable;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An endpoint says a worker's key back in all that it answers; nobody else gets to see it. */
class PlantedKeyTest {
  private static final String KEY = "sk-planted-0123456789abcdef";
  private static final List<Integer> STATUSES = List.of(401, 400, 500, 503, 404, 200);

  @TempDir private Path folder;

  /** Asks once for each status, and returns how the attempts ended. */
  @WorkflowInterface
  public interface Asks {
    @WorkflowMethod
    List<String> ask(FeatureUnit unit, int times);
  }

  /** The same. */
  public static final class AsksWorkflow implements Asks {
    private final LlmActivities llm =
        Workflow.newActivityStub(
            LlmActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());

    @Override
    public List<String> ask(FeatureUnit unit, int times) {
      List<String> ends = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        try {
          ends.add(String.valueOf(llm.explain(unit)));
        } catch (ActivityFailure e) {
          ends.add(String.valueOf(e.getCause()));
        }
      }
      return ends;
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void reachesNoHistoryNoLogNoErrorAndNoDatabase(LlmProviderKind kind) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    LoggedText logged = LoggedText.attach();
    System.setOut(new PrintStream(printed, true, UTF_8));
    System.setErr(new PrintStream(printed, true, UTF_8));
    String history;
    try {
      history = history(kind);
    } finally {
      System.setOut(out);
      System.setErr(err);
      logged.close();
    }
    // The replies were read, and what stood where the key stood is in their place.
    assertThat(history).contains("EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED");
    assertThat(shows(history)).isFalse();
    assertThat(shows(logged.text())).isFalse();
    assertThat(shows(printed.toString(UTF_8))).isFalse();
    assertThat(filesWithTheKey()).isEmpty();
  }

  @Test
  void isFoundWhereItIs() throws IOException {
    Files.writeString(folder.resolve("planted"), "x" + KEY + "y");
    for (int i = 0; i < encoded().size(); i++) {
      Files.writeString(folder.resolve("encoded" + i), "x" + encoded().get(i) + "y");
    }
    assertThat(filesWithTheKey()).hasSize(1 + encoded().size());
  }

  private String history(LlmProviderKind kind) throws IOException {
    try (Endpoint endpoint = new Endpoint()) {
      endpoint.script(exchange -> sayBack(endpoint, exchange));
      LlmSpec llm = llm(kind, endpoint.url());
      try (DemoUnit demo = new DemoUnit(folder, DemoUnit.steering(), llm, Campaigns.cap("100"));
          LedgerLlmClient desk = desk(demo);
          TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance()) {
        demo.putEvidence(DemoUnit.evidence());
        Worker worker = temporal.newWorker("queue");
        worker.registerWorkflowImplementationTypes(AsksWorkflow.class);
        worker.registerActivitiesImplementations(new LlmWorker(desk, demo.stores, demo.artifacts));
        temporal.start();
        Asks asks =
            temporal
                .getWorkflowClient()
                .newWorkflowStub(
                    Asks.class,
                    WorkflowOptions.newBuilder().setTaskQueue("queue").setWorkflowId("a").build());
        List<String> ends = asks.ask(UNIT, STATUSES.size());
        assertThat(ends)
            .hasSize(STATUSES.size())
            .anyMatch(end -> end.contains("(401)"))
            .noneMatch(PlantedKeyTest::shows);
        assertThat(
                demo.stores
                    .features()
                    .explanation(UNIT.campaignId(), UNIT.feature())
                    .flatMap(Explanation::description)
                    .orElseThrow())
            .startsWith("you sent")
            .contains("…");
        assertThat(endpoint.headers.size()).isGreaterThanOrEqualTo(STATUSES.size());
        assertThat(endpoint.headers.toString()).contains(KEY);
        return temporal
            .getWorkflowClient()
            .fetchHistory(WorkflowStub.fromTyped(asks).getExecution().getWorkflowId())
            .toJson(true);
      }
    }
  }

  /** Keys are said back as a status's message and, at last, as an answer's text. */
  private static void sayBack(Endpoint endpoint, HttpExchange exchange) throws IOException {
    String said =
        "you sent "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " and "
            + exchange.getRequestHeaders().getFirst("x-api-key")
            + " and "
            + String.join(" and ", encoded());
    int status = STATUSES.get(Math.min(endpoint.headers.size(), STATUSES.size()) - 1);
    String text = "{\\\"description\\\": \\\"" + said + "\\\"}";
    String body =
        status != 200
            ? "{\"error\": {\"type\": \"e\", \"message\": \"" + said + "\"}}"
            : """
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "type": "message",
             "role": "assistant", "stop_reason": "end_turn",
             "content": [{"type": "text", "text": "%s"}],
             "choices": [{"index": 0, "finish_reason": "stop",
                          "message": {"role": "assistant", "content": "%s"}}],
             "usage": {"prompt_tokens": 9, "completion_tokens": 9, "total_tokens": 18,
                       "input_tokens": 9, "output_tokens": 9}}\
            """
                .formatted(text, text);
    Endpoint.json(exchange, status, body);
  }

  /** The key in the forms in which servers and gateways repeat what they were sent. */
  private static List<String> encoded() {
    Base64.Encoder base64 = Base64.getEncoder();
    StringBuilder escaped = new StringBuilder();
    StringBuilder percents = new StringBuilder();
    KEY.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    KEY.chars().forEach(c -> percents.append("%%%02X".formatted(c)));
    return List.of(
        base64.encodeToString(KEY.getBytes(UTF_8)),
        base64.encodeToString(("user:" + KEY).getBytes(UTF_8)),
        Base64.getUrlEncoder().encodeToString(("x:" + KEY + "\n").getBytes(UTF_8)),
        percents.toString(),
        escaped.toString(),
        HexFormat.of().formatHex(KEY.getBytes(UTF_8)));
  }

  /** What shows the key in one of those forms: enough digits of each to tell it from others. */
  private static boolean shows(String text) {
    Stream<String> digits =
        encoded().stream().map(form -> form.substring(form.length() / 3, form.length() * 2 / 3));
    return text.contains(KEY) || digits.anyMatch(text::contains);
  }

  private static LedgerLlmClient desk(DemoUnit demo) {
    return LedgerLlmClient.open(
        demo.stores,
        PriceTable.shipped(),
        new Providers(name -> Optional.of(KEY), LlmAccess.of(Map.of())),
        name -> KEY,
        LedgerSettings.defaults(),
        BatchSettings.defaults());
  }

  private static LlmSpec llm(LlmProviderKind kind, String url) {
    return Campaigns.keyed(
        Campaigns.llm(kind, "m", Optional.of(url), LlmSchedule.REALTIME, 5), "OPENAI_API_KEY");
  }

  private List<Path> filesWithTheKey() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(PlantedKeyTest::hasTheKey).toList();
    }
  }

  private static boolean hasTheKey(Path file) {
    try {
      return shows(new String(Files.readAllBytes(file), ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that is logged, at every level. */
  private static final class LoggedText extends Handler {
    private final StringBuilder text = new StringBuilder();
    private final SimpleFormatter formatter = new SimpleFormatter();

    static LoggedText attach() {
      LoggedText handler = new LoggedText();
      handler.setLevel(Level.ALL);
      Logger.getLogger("").addHandler(handler);
      return handler;
    }

    synchronized String text() {
      return text.toString();
    }

    @Override
    public synchronized void publish(LogRecord logged) {
      text.append(formatter.format(logged));
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      Logger.getLogger("").removeHandler(this);
    }
  }
}
