package dev.piecrust.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.price.Bill;
import dev.piecrust.price.PriceTable;
import dev.piecrust.price.ServiceTier;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.standin.Fault;
import dev.piecrust.standin.StandInBatches;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.store.ledger.CostLine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BatchCallsTest {
  private static final LimitsSpec LIMITS = Campaigns.cap("1");
  private static final List<LlmRequest> QUESTIONS =
      List.of(Questions.question(1), Questions.question(2), Questions.question(3));

  /** Every call of the desk hands over and asks at once. */
  private static final BatchSettings EAGER =
      new BatchSettings(1, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(60));

  private Database database;
  private Stores stores;
  private StandInBatches standIn;
  private LedgerLlmClient desk;

  @BeforeAll
  void open(@TempDir Path folder) {
    database = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
    stores = Stores.of(database);
  }

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void start() throws IOException {
    standIn = StandInBatches.start();
    stores.campaigns().list().forEach(status -> stores.campaigns().delete(status.id()));
    Campaigns.create(stores, "c", LIMITS);
    desk =
        LedgerLlmClient.open(
            stores,
            PriceTable.shipped(),
            spec -> new FakeProvider(),
            System::getenv,
            LedgerSettings.defaults(),
            EAGER);
  }

  @AfterEach
  void stop() {
    desk.close();
    standIn.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void paysTheBatchPriceForWhatIsCollected(LlmProviderKind provider) {
    assertThat(ask(provider)).hasOnlyElementsOfType(LlmAnswer.Later.class); // queued
    BigDecimal reserved = stores.accounts().spend("c").reserved();
    assertThat(reserved).isPositive();
    assertThat(ask(provider)).hasOnlyElementsOfType(LlmAnswer.Later.class); // handed over
    assertThat(standIn.sizes()).containsExactly(3);
    assertThat(ask(provider)).hasOnlyElementsOfType(LlmAnswer.Later.class); // not ended
    standIn.end("completed");
    assertThat(texts(ask(provider)))
        .containsExactly("{\"answer\": 2}", "{\"answer\": 3}", "{\"answer\": 4}");
    CostLine total = stores.costs().total("c");
    assertThat(total.calls()).isEqualTo(3);
    assertThat(total.hits()).isZero();
    assertThat(total.reservedUsd()).isZero();
    TokenUsage usage = total.usage();
    assertThat(usage.output()).isEqualTo(36);
    assertThat(total.usd())
        .isEqualByComparingTo(Bill.of(Campaigns.PRICE, usage, ServiceTier.BATCH));
    assertThat(total.usd()).isLessThan(reserved);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {
        "NO_USAGE",
        "NO_INPUT",
        "NO_OUTPUT",
        "TOO_MUCH_INPUT",
        "TOO_MUCH_OUTPUT",
        "NEGATIVE_USAGE",
        "TOO_MUCH_CACHED"
      })
  void countsAUsageThatCannotBeAtItsWorstCase(Fault wrong) {
    ask(LlmProviderKind.OPENAI);
    BigDecimal reserved = stores.accounts().spend("c").reserved();
    ask(LlmProviderKind.OPENAI);
    standIn.misreport(wrong);
    standIn.end("completed");
    assertThat(ask(LlmProviderKind.OPENAI)).hasOnlyElementsOfType(LlmAnswer.Reply.class);
    assertThat(stores.accounts().spend("c").spent()).isZero();
    assertThat(stores.accounts().spend("c").unknown()).isEqualByComparingTo(reserved);
    assertThat(stores.costs().total("c").unreported()).isEqualTo(3);
    assertThat(stores.campaigns().events("c"))
        .filteredOn(event -> event.kind().equals("usage"))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void handsOverAgainWhatExpired(LlmProviderKind provider) {
    ask(provider);
    ask(provider);
    standIn.end("expired");
    assertThat(ask(provider).get(0)).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(standIn.sizes()).containsExactly(3, 2);
    standIn.end("completed");
    assertThat(texts(ask(provider)))
        .containsExactly("{\"answer\": 2}", "{\"answer\": 3}", "{\"answer\": 4}");
    assertThat(stores.accounts().spend("c").calls()).isEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPENAI", "ANTHROPIC"})
  void findsABatchWhoseHandingOverWasCutOff(LlmProviderKind provider) {
    ask(provider);
    standIn.confirmNothing();
    assertThat(ask(provider)).hasOnlyElementsOfType(LlmAnswer.Later.class); // nobody knows
    ask(provider);
    standIn.end("completed");
    assertThat(ask(provider)).hasOnlyElementsOfType(LlmAnswer.Reply.class);
    assertThat(standIn.sizes()).containsExactly(3);
  }

  private List<LlmAnswer> ask(LlmProviderKind provider) {
    LlmSpec llm =
        Campaigns.llm(provider, "gpt-5.4", Optional.of(standIn.baseUrl()), LlmSchedule.BATCH, 10);
    return desk.ask(Campaigns.context("c", llm, LIMITS), QUESTIONS, () -> {});
  }

  private static List<String> texts(List<LlmAnswer> answers) {
    return answers.stream().map(answer -> ((LlmAnswer.Reply) answer).text()).toList();
  }
}
