package dev.piecrust.ledger;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmSchedule;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.llm.LlmException;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.llm.LlmRequest;
import dev.piecrust.llm.ProviderLimits;
import dev.piecrust.price.PriceTable;
import dev.piecrust.price.ServiceTier;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.Stores;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.store.ledger.CostLine;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.store.rate.Outage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerLlmClientTest {
  /** 10 x 1 + 10 x 0.1 + 30 x 10 millionths. */
  private static final BigDecimal PAID = new BigDecimal("0.000311");

  private Database database;
  private Stores stores;
  private FakeProvider provider;
  private LlmSpec llm;
  private LedgerLlmClient desk;

  @BeforeAll
  void open(@TempDir Path folder) {
    database = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
    stores = Stores.of(database);
  }

  /** Each test has an endpoint of its own, and so its own cache. */
  @BeforeEach
  void open(TestInfo test) {
    provider = new FakeProvider();
    llm = Campaigns.openAi(Optional.of("http://" + test.getDisplayName()));
    LedgerSettings settings =
        new LedgerSettings(
            Duration.ofMillis(1500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5));
    desk =
        LedgerLlmClient.open(
            stores,
            PriceTable.shipped(),
            spec -> provider,
            System::getenv,
            settings,
            BatchSettings.defaults());
    Campaigns.create(stores, "c", Campaigns.cap("1"));
  }

  @AfterEach
  void closeDesk() {
    desk.close();
    stores.campaigns().list().forEach(status -> stores.campaigns().delete(status.id()));
  }

  @AfterAll
  void close() {
    database.close();
  }

  @Test
  void settlesAtTheReportedUsage() {
    LlmAnswer answer = ask("c", Questions.question(1));
    assertThat(answer)
        .isInstanceOfSatisfying(
            LlmAnswer.Reply.class,
            reply -> {
              assertThat(reply.text()).isEqualTo("What is 1 plus 1?");
              assertThat(reply.cached()).isFalse();
            });
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.spent()).isEqualByComparingTo(PAID);
    assertThat(spend.reserved()).isZero();
    assertThat(spend.unknown()).isZero();
    assertThat(spend.calls()).isEqualTo(1);
    CostLine line = stores.costs().byStage("c").get(0);
    assertThat(line.part()).isEqualTo("explain");
    assertThat(line.usage()).isEqualTo(FakeProvider.USAGE);
    assertThat(line.usd()).isEqualByComparingTo(PAID);
    assertThat(stores.costs().byModel("c").get(0).part()).isEqualTo("openai/gpt-5.4");
  }

  @Test
  void asksNothingTwiceInAnyCampaign() {
    Campaigns.create(stores, "other", Campaigns.cap("1"));
    ask("c", Questions.question(1));
    LlmAnswer again = ask("other", Questions.question(1));
    assertThat(again)
        .isInstanceOfSatisfying(
            LlmAnswer.Reply.class, reply -> assertThat(reply.cached()).isTrue());
    assertThat(provider.calls()).isEqualTo(1);
    Spend spend = stores.accounts().spend("other");
    assertThat(spend.spent()).isZero();
    assertThat(spend.calls()).isZero();
    assertThat(spend.hits()).isEqualTo(1);
    assertThat(stores.costs().total("other").hits()).isEqualTo(1);
    ask("c", Questions.question(1, 99)); // another parameter is another question
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void showsAMissingUsageAsUnknownAndNeverAsNothing() {
    provider.next(() -> FakeProvider.reply("yes", Optional.empty()));
    ask("c", Questions.question(1));
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.spent()).isZero();
    assertThat(spend.reserved()).isZero();
    assertThat(spend.unknown()).isGreaterThan(new BigDecimal("0.001")); // 100 output tokens
    CostLine line = stores.costs().total("c");
    assertThat(line.unreported()).isEqualTo(1);
    assertThat(line.usage()).isEqualTo(TokenUsage.NONE);
    assertThat(line.unknownUsd()).isEqualByComparingTo(spend.unknown());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 12, '0 input tokens were reported, expected 1 to ', 1",
    "5000, 12, '5000 input tokens were reported, expected 1 to ', 2",
    "20, 0, '0 output tokens were reported, expected 1 to 100', 3",
    "20, 101, '101 output tokens were reported, expected 1 to 100', 4"
  })
  void countsAUsageThatCannotBeAtItsWorstCaseAndSaysSoOnce(
      long input, long output, String reason, int endpoint) {
    llm = Campaigns.openAi(Optional.of("http://unbelievable-" + endpoint));
    TokenUsage usage = new TokenUsage(input, 0, output, 0);
    BigDecimal once = BigDecimal.ZERO;
    for (int number = 1; number <= 2; number++) {
      provider.next(() -> FakeProvider.reply("yes", Optional.of(usage)));
      assertThat(ask("c", Questions.question(number))).isInstanceOf(LlmAnswer.Reply.class);
      once = number == 1 ? stores.accounts().spend("c").unknown() : once;
    }
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.spent()).isZero();
    assertThat(once).isGreaterThan(new BigDecimal("0.001")); // 100 output tokens
    assertThat(spend.unknown()).isEqualByComparingTo(once.multiply(new BigDecimal(2)));
    assertThat(stores.costs().total("c").unreported()).isEqualTo(2);
    assertThat(stores.costs().total("c").usage()).isEqualTo(TokenUsage.NONE);
    assertThat(stores.campaigns().events("c"))
        .filteredOn(event -> event.kind().equals("usage"))
        .singleElement()
        .satisfies(event -> assertThat(event.message()).contains("gpt-5.4", reason));
  }

  @Test
  void stopsAtTheCapAndGoesOnOnceItIsRaised() {
    Campaigns.create(stores, "poor", Campaigns.cap("0.0012"));
    assertThat(ask("poor", Questions.question(1))).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(ask("poor", Questions.question(2)))
        .isInstanceOfSatisfying(
            LlmAnswer.OverBudget.class,
            over -> assertThat(over.reason()).contains("of the cap of 0.0012 USD only 0.000889"));
    assertThat(provider.calls()).isEqualTo(1);
    stores.accounts().raise("poor", new BigDecimal("0.01"), "ada");
    assertThat(ask("poor", Questions.question(2))).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(stores.campaigns().events("poor").get(0).message())
        .isEqualTo("cap raised from 0.0012 to 0.01 USD");
    assertThatThrownBy(() -> stores.accounts().raise("poor", new BigDecimal("0.01"), "ada"))
        .hasMessageContaining("expected more than that");
  }

  @Test
  void chargesNothingForWhatTheProviderTurnedAway() {
    provider.nextThrows(failure(LlmException.Kind.RATE_LIMITED, Duration.ofMillis(300)));
    long start = System.nanoTime();
    assertThat(ask("c", Questions.question(1))).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300));
    assertThat(stores.accounts().spend("c").spent()).isEqualByComparingTo(PAID);
    provider.nextThrows(failure(LlmException.Kind.RATE_LIMITED, Duration.ofSeconds(60)));
    assertThat(ask("c", Questions.question(2)))
        .isInstanceOfSatisfying(
            LlmAnswer.Later.class,
            later -> assertThat(later.after()).isGreaterThan(Duration.ofSeconds(55)));
    assertThat(stores.accounts().spend("c").reserved()).isZero();
  }

  @Test
  void countsTheWorstCaseOfALostCall() {
    provider.nextThrows(failure(LlmException.Kind.LOST, Duration.ZERO));
    assertThat(ask("c", Questions.question(1))).isInstanceOf(LlmAnswer.Later.class);
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.lost()).isEqualTo(1);
    assertThat(spend.unknown()).isGreaterThan(new BigDecimal("0.001"));
    assertThat(spend.reserved()).isZero();
    assertThat(ask("c", Questions.question(1))).isInstanceOf(LlmAnswer.Reply.class);
  }

  @Test
  void passesOnWhatIsRefusedForGood() {
    provider.nextThrows(failure(LlmException.Kind.REFUSED, Duration.ZERO));
    assertThat(ask("c", Questions.question(1))).isEqualTo(new LlmAnswer.Refused("no luck"));
    provider.nextThrows(failure(LlmException.Kind.UNAUTHORIZED, Duration.ZERO));
    assertThat(ask("c", Questions.question(1)))
        .isEqualTo(
            new LlmAnswer.Stopped(
                "no luck; it was asked at http://passesOnWhatIsRefusedForGood() for the model"
                    + " gpt-5.4, without a key"));
    assertThat(stores.accounts().spend("c").unknown()).isZero();
  }

  @Test
  void leavesAnEndpointAloneThatFailsAllTheTime() {
    for (int i = 0; i < 8; i++) {
      provider.nextThrows(failure(LlmException.Kind.UNAVAILABLE, Duration.ofMillis(1)));
      assertThat(ask("c", Questions.question(i))).isInstanceOf(LlmAnswer.Later.class);
    }
    assertThat(ask("c", Questions.question(99)))
        .isInstanceOfSatisfying(
            LlmAnswer.Later.class, later -> assertThat(later.reason()).isEqualTo("no luck"));
    assertThat(provider.calls()).isEqualTo(8);
  }

  @Test
  void leavesAnEndpointAloneWhereNothingIsAtOnceAndSaysWhoWaitsForIt() {
    provider.nextThrows(failure(LlmException.Kind.UNREACHABLE, Duration.ofMillis(1)));
    assertThat(ask("c", Questions.question(1))).isInstanceOf(LlmAnswer.Later.class);
    assertThat(ask("c", Questions.question(2)))
        .isInstanceOfSatisfying(
            LlmAnswer.Later.class, later -> assertThat(later.reason()).isEqualTo("no luck"));
    assertThat(provider.calls()).isEqualTo(1);
    assertThat(stores.endpoints().outages()).containsOnlyKeys("c");
    Outage outage = requireNonNull(stores.endpoints().outages().get("c"));
    assertThat(outage.next()).isAfter(outage.since());
    assertThat(outage.sentence())
        .startsWith("waiting for openai gpt-5.4 at http://" + "leavesAnEndpointAloneWhere")
        .contains(": no luck; since ", " UTC, next try at ");
    stores.endpoints().answered(CacheKey.endpoint(llm), Optional.empty(), Optional.empty());
    assertThat(ask("c", Questions.question(2))).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(stores.endpoints().outages()).isEmpty();
  }

  @Test
  void givesUpOnAQuestionThatAloneIsNotAnswered() {
    for (int i = 1; i < 8; i++) {
      provider.nextThrows(failure(LlmException.Kind.UNAVAILABLE, Duration.ofMillis(1)));
      assertThat(ask("c", Questions.question(1))).isInstanceOf(LlmAnswer.Later.class);
      assertThat(ask("c", Questions.question(100 + i))).isInstanceOf(LlmAnswer.Reply.class);
    }
    provider.nextThrows(failure(LlmException.Kind.UNAVAILABLE, Duration.ofMillis(1)));
    assertThat(ask("c", Questions.question(1)))
        .isEqualTo(
            new LlmAnswer.Refused(
                "failed 8 times while other questions were answered; the last: no luck"));
  }

  @Test
  void saysLaterToAllBehindOneThatHasToWait() {
    LimitsSpec slow = Campaigns.limits("1", 2, 100_000);
    CallContext context = Campaigns.context("c", llm, slow);
    List<LlmAnswer> answers =
        desk.ask(
            context,
            List.of(Questions.question(1), Questions.question(2), Questions.question(3)),
            () -> {});
    assertThat(answers.get(0)).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(answers.get(1)).isInstanceOf(LlmAnswer.Later.class);
    assertThat(answers.get(2)).isInstanceOf(LlmAnswer.Later.class);
    assertThat(provider.calls()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "FLEX, FLEX, 0.5",
    "FLEX, REALTIME, 1",
    "FLEX, , 1",
    "REALTIME, , 1",
    "REALTIME, FLEX, 1",
    "REALTIME, PRIORITY, 2"
  })
  void settlesByTheTierThatTheAnswerNames(LlmSchedule asked, ServiceTier named, String times) {
    provider.next(
        () ->
            new LlmReply(
                "yes",
                Optional.of(FakeProvider.USAGE),
                false,
                ProviderLimits.UNSAID,
                Optional.ofNullable(named),
                Optional.empty()));
    LlmSpec other = Campaigns.llm(LlmProviderKind.OPENAI, "gpt-5.4", llm.baseUrl(), asked, 900);
    desk.ask(
        Campaigns.context("c", other, Campaigns.cap("1")),
        List.of(Questions.question(1)),
        () -> {});
    assertThat(stores.accounts().spend("c").spent())
        .isEqualByComparingTo(PAID.multiply(new BigDecimal(times)));
  }

  @ParameterizedTest
  @CsvSource({"0.0000123, 0.0000123", "0, 0", "900, "})
  void settlesByTheCostThatTheProviderNamesUpToWhatWasReserved(String told, String spent) {
    provider.next(
        () ->
            new LlmReply(
                "yes",
                Optional.of(FakeProvider.USAGE),
                false,
                ProviderLimits.UNSAID,
                Optional.empty(),
                Optional.of(new BigDecimal(told))));
    ask("c", Questions.question(1));
    assertThat(stores.accounts().spend("c").spent())
        .isEqualByComparingTo(spent == null ? PAID : new BigDecimal(spent));
  }

  @Test
  void waitsForRoomForAFlexCallAndKeepsNobodyElseFromTheEndpoint() {
    provider.nextThrows(
        new LlmException(
            LlmException.Kind.RATE_LIMITED, "resource unavailable", Optional.empty(), null));
    LlmSpec flex =
        Campaigns.llm(LlmProviderKind.OPENAI, "gpt-5.4", llm.baseUrl(), LlmSchedule.FLEX, 900);
    CallContext context = Campaigns.context("c", flex, Campaigns.cap("1"));
    assertThat(desk.ask(context, List.of(Questions.question(1)), () -> {}).get(0))
        .isInstanceOfSatisfying(
            LlmAnswer.Later.class,
            later -> assertThat(later.after()).isGreaterThan(Duration.ofSeconds(10)));
    assertThat(stores.accounts().spend("c").spent()).isZero();
    assertThat(stores.accounts().spend("c").reserved()).isZero();
    assertThat(ask("c", Questions.question(2))).isInstanceOf(LlmAnswer.Reply.class);
  }

  @Test
  void keepsAnswersThatNoDatabaseLikes() {
    provider.next(() -> FakeProvider.reply("a\u0000b\uD800c \uD83C\uDF82", Optional.empty()));
    ask("c", Questions.question(1));
    assertThat(ask("c", Questions.question(1)))
        .isInstanceOfSatisfying(
            LlmAnswer.Reply.class,
            reply -> assertThat(reply.text()).isEqualTo("a\uFFFDb\uFFFDc \uD83C\uDF82"));
  }

  @Test
  void asksAgainAtOnceWhereTheProviderKnowsABetterWay() {
    provider.nextThrows(failure(LlmException.Kind.UNAVAILABLE, Duration.ZERO));
    assertThat(ask("c", Questions.question(1))).isInstanceOf(LlmAnswer.Reply.class);
    assertThat(provider.calls()).isEqualTo(2);
  }

  @Test
  void tellsNobodyTheKeyThatAProviderRepeats(@TempDir Path folder) throws IOException {
    String key = "sk-planted-0123456789";
    LlmSpec keyed = Campaigns.keyed("PLANTED");
    try (Database own = Stores.database(DatabaseConfig.h2(folder.resolve("db")));
        LedgerLlmClient keyedDesk =
            LedgerLlmClient.open(
                Stores.of(own),
                PriceTable.shipped(),
                spec -> provider,
                name -> name.equals("PLANTED") ? key : null,
                LedgerSettings.defaults(),
                BatchSettings.defaults())) {
      Campaigns.create(Stores.of(own), "c", Campaigns.cap("1"));
      CallContext context = Campaigns.context("c", keyed, Campaigns.cap("1"));
      int number = 0;
      for (LlmException.Kind kind : LlmException.Kind.values()) {
        List<LlmRequest> question = List.of(Questions.question(number++));
        Optional<Duration> soon = Optional.of(Duration.ofMillis(1));
        String words = "told by the server: wrong key " + key;
        provider.nextThrows(new LlmException(kind, words, soon, new IOException(key)));
        Throwable thrown = catchThrowable(() -> keyedDesk.ask(context, question, () -> {}));
        for (Throwable t = thrown; t != null; t = t.getCause()) {
          assertThat(t.toString()).doesNotContain(key);
        }
      }
    }
    String everything = Files.readString(folder.resolve("db.mv.db"), StandardCharsets.ISO_8859_1);
    assertThat(everything).contains("told by the server").doesNotContain(key);
  }

  @Test
  void asksAnewForWhatWasForgottenAndKeepsBothInTheBooks() {
    LlmRequest question = Questions.question(1);
    ask("c", question);
    desk.forget(Campaigns.context("c", llm, Campaigns.cap("1")), List.of(question));
    assertThat(ask("c", question))
        .isInstanceOfSatisfying(LlmAnswer.Reply.class, r -> assertThat(r.cached()).isFalse());
    assertThat(stores.accounts().spend("c").calls()).isEqualTo(2);
    assertThat(stores.accounts().spend("c").spent())
        .isEqualByComparingTo(PAID.multiply(new BigDecimal(2)));
  }

  private LlmAnswer ask(String campaign, LlmRequest request) {
    CallContext context = Campaigns.context(campaign, llm, Campaigns.cap("1"));
    return desk.ask(context, List.of(request), () -> {}).get(0);
  }

  private static LlmException failure(LlmException.Kind kind, Duration after) {
    return new LlmException(kind, "no luck", Optional.of(after), null);
  }
}
