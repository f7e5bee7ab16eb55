package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.store.database.TestEngine;
import dev.piecrust.store.ledger.Admission;
import dev.piecrust.store.ledger.CallRequest;
import dev.piecrust.store.ledger.CostLine;
import dev.piecrust.store.ledger.LlmWorkers;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.store.rate.Endpoints;
import dev.piecrust.store.rate.RateRequest;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the ledger promises, whichever engine holds the rows. */
abstract class LedgerContract extends DatabaseContract {
  private static final FeatureId FEATURE = new FeatureId(1, 2);
  private static final TokenUsage USAGE = new TokenUsage(100, 40, 30, 10, 4);
  private static final RateRequest FREE = new RateRequest(10, 60_000, 60_000_000);

  private Stores stores;
  private String endpoint;

  LedgerContract(TestEngine engine) {
    super(engine);
  }

  @BeforeEach
  void startEmpty() {
    stores = Stores.of(database());
    stores.campaigns().list().forEach(status -> stores.campaigns().delete(status.id()));
    campaign("c", "1");
    endpoint = UUID.randomUUID().toString();
    stores.endpoints().open(endpoint, "somewhere");
    stores.endpoints().open(endpoint, "somewhere");
    stores.llmWorkers().beat("ada");
  }

  @Test
  void setsTheWorstCaseAsideAndSettlesAtWhatWasUsed() {
    long call = reserved(stores.calls().begin(wish("c", "k1", "0.25")));
    assertThat(stores.accounts().spend("c").reserved()).isEqualByComparingTo("0.25");
    settle(call, "0.1");
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.spent()).isEqualByComparingTo("0.1");
    assertThat(spend.reserved()).isZero();
    assertThat(spend.calls()).isEqualTo(1);
    assertThat(spend.cap().orElseThrow()).isEqualByComparingTo("1");
    settle(call, "0.1"); // once more changes nothing
    assertThat(stores.accounts().spend("c").spent()).isEqualByComparingTo("0.1");
  }

  @Test
  void neverPassesTheCapHoweverManyWantToCall() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Admission>> callers = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        String key = "many" + i;
        callers.add(() -> stores.calls().begin(wish("c", key, "0.15")));
      }
      int reserved = 0;
      for (Future<Admission> begun : threads.invokeAll(callers)) {
        if (begun.get() instanceof Admission.Reserved) {
          reserved++;
        } else {
          assertThat(begun.get()).isInstanceOf(Admission.Tight.class);
        }
      }
      assertThat(reserved).isEqualTo(6); // 0.9 of 1 USD
      assertThat(stores.accounts().spend("c").reserved()).isEqualByComparingTo("0.9");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void isOverBudgetOnlyOnceNothingIsOpen() {
    long first = reserved(stores.calls().begin(wish("c", "a", "0.8")));
    Admission tight = stores.calls().begin(wish("c", "b", "0.3"));
    assertThat(tight).isInstanceOf(Admission.Tight.class);
    settle(first, "0.8");
    assertThat(stores.calls().begin(wish("c", "b", "0.3")))
        .isEqualTo(
            new Admission.OverBudget(
                "a call may cost 0.3 USD, and of the cap of 1 USD only 0.2 are left"));
    stores.accounts().raise("c", new BigDecimal("1.1"), "ada");
    reserved(stores.calls().begin(wish("c", "b", "0.3")));
  }

  @Test
  void letsTheSecondOfTwoEqualCallsWaitForTheFirst() {
    campaign("other", "1");
    long call = reserved(stores.calls().begin(wish("c", "same", "0.1")));
    assertThat(stores.calls().begin(wish("other", "same", "0.1")))
        .isInstanceOf(Admission.InFlight.class);
    assertThat(stores.calls().answered(wish("other", "same", "0.1"))).isEmpty();
    settle(call, "0.1");
    assertThat(stores.calls().begin(wish("other", "same", "0.1")))
        .isEqualTo(new Admission.Answered("yes", false, call));
    assertThat(stores.calls().answered(wish("other", "same", "0.1")))
        .contains(new Admission.Answered("yes", false, call));
    assertThat(stores.accounts().spend("other").hits()).isEqualTo(2);
    assertThat(stores.accounts().spend("other").spent()).isZero();
  }

  @Test
  void givesBackWhatWasNotCharged() {
    long call = reserved(stores.calls().begin(wish("c", "k", "0.9")));
    stores.calls().release(call, "429");
    assertThat(stores.accounts().spend("c").reserved()).isZero();
    assertThat(stores.accounts().spend("c").calls()).isZero();
    reserved(stores.calls().begin(wish("c", "k", "0.9")));
  }

  @Test
  void countsTheCallsOfADeadWorkerAsPerhapsPaid() {
    AtomicLong seconds = new AtomicLong();
    LlmWorkers workers =
        new LlmWorkers(database(), new SimpleMeterRegistry(), () -> seconds.get() * 1_000_000_000);
    workers.beat("bob");
    long lost = reserved(stores.calls().begin(wish("c", "k", "0.3", "bob")));
    long kept = reserved(stores.calls().begin(wish("c", "other", "0.2", "ada")));
    assertThat(workers.bury(Duration.ofSeconds(30))).isZero();
    seconds.set(12);
    workers.beat("ada");
    assertThat(workers.bury(Duration.ofSeconds(30))).isZero();
    seconds.set(24);
    assertThat(workers.bury(Duration.ofSeconds(30))).isZero();
    seconds.set(30);
    assertThat(workers.bury(Duration.ofSeconds(30))).isEqualTo(1);
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.lost()).isEqualTo(1);
    assertThat(spend.unknown()).isEqualByComparingTo("0.3");
    assertThat(spend.reserved()).isEqualByComparingTo("0.2");
    assertThat(reserved(stores.calls().begin(wish("c", "k", "0.3")))).isNotIn(lost, kept);
    settle(lost, "0.05"); // it was only slow
    spend = stores.accounts().spend("c");
    assertThat(spend.lost()).isZero();
    assertThat(spend.unknown()).isZero();
    assertThat(spend.spent()).isEqualByComparingTo("0.05");
  }

  @Test
  void losesNoCallBecauseTheDatabasesClockWasTurned() {
    reserved(stores.calls().begin(wish("c", "k", "0.3", "ada")));
    assertThat(stores.llmWorkers().bury(Duration.ofSeconds(30))).isZero();
    turnClock(Duration.ofHours(1));
    assertThat(stores.llmWorkers().bury(Duration.ofSeconds(30))).isZero();
    turnClock(Duration.ofHours(-2));
    assertThat(stores.llmWorkers().bury(Duration.ofSeconds(30))).isZero();
    assertThat(stores.accounts().spend("c").lost()).isZero();
  }

  @Test
  void losesNoCallBecauseTheDatabaseWasAwayForAMinute() {
    AtomicLong seconds = new AtomicLong();
    LlmWorkers workers =
        new LlmWorkers(database(), new SimpleMeterRegistry(), () -> seconds.get() * 1_000_000_000);
    reserved(stores.calls().begin(wish("c", "k", "0.3", "ada")));
    assertThat(workers.bury(Duration.ofSeconds(30))).isZero();
    seconds.set(60); // the first to come back has heard of nobody meanwhile
    assertThat(workers.bury(Duration.ofSeconds(30))).isZero();
  }

  @Test
  void waitsNoHourBecauseTheDatabasesClockWasTurnedBack() {
    stores.endpoints().answered(endpoint, Optional.of(1_200), Optional.empty());
    reserved(stores.calls().begin(wish("c", "a", "0.1")));
    stores.endpoints().pause(endpoint, Duration.ofSeconds(2));
    turnClock(Duration.ofHours(-1));
    assertThat(stores.calls().begin(wish("c", "b", "0.1")))
        .isInstanceOfSatisfying(
            Admission.Wait.class,
            wait -> assertThat(wait.atLeast()).isLessThanOrEqualTo(Duration.ofSeconds(3)));
  }

  @Test
  void leavesABatchsLeaseForALeasesTimeWhereTheClockWasTurnedBack() {
    String name = "batches " + endpoint;
    assertThat(stores.batches().lease(name, "ada", Duration.ofHours(1))).isTrue();
    assertThat(stores.batches().lease(name, "bob", Duration.ofMillis(20))).isFalse();
    assertThat(stores.batches().lease(name, "bob", Duration.ZERO)).isTrue();
  }

  @Test
  void tellsWhatIsUnknownFromWhatIsFree() {
    long silent = reserved(stores.calls().begin(wish("c", "silent", "0.25")));
    stores.calls().settle(silent, "yes", false, Optional.empty(), Optional.empty());
    CallRequest noPrice = wish("c", "no price", Optional.empty(), "ada");
    long unpriced = reserved(stores.calls().begin(noPrice));
    stores.calls().settle(unpriced, "yes", false, Optional.of(USAGE), Optional.empty());
    Spend spend = stores.accounts().spend("c");
    assertThat(spend.unknown()).isEqualByComparingTo("0.25");
    assertThat(spend.spent()).isZero();
    assertThat(spend.unpriced()).isEqualTo(1);
    CostLine total = stores.costs().total("c");
    assertThat(total.calls()).isEqualTo(2);
    assertThat(total.unreported()).isEqualTo(1);
    assertThat(total.unpriced()).isEqualTo(1);
    assertThat(total.usage()).isEqualTo(USAGE);
    assertThat(total.unknownUsd()).isEqualByComparingTo("0.25");
  }

  @Test
  void addsCostsUpByStageModelAndFeature() {
    settle(reserved(stores.calls().begin(wish("c", "one", "0.25"))), "0.1");
    settle(reserved(stores.calls().begin(wish("c", "two", "0.25"))), "0.2");
    stores.calls().answered(wish("c", "two", "0.25"));
    reserved(stores.calls().begin(wish("c", "three", "0.125")));
    CostLine line = stores.costs().byStage("c").get(0);
    assertThat(line.part()).isEqualTo("explain");
    assertThat(line.calls()).isEqualTo(2);
    assertThat(line.hits()).isEqualTo(1);
    assertThat(line.usd()).isEqualByComparingTo("0.3");
    assertThat(line.reservedUsd()).isEqualByComparingTo("0.125");
    assertThat(line.usage()).isEqualTo(new TokenUsage(200, 80, 60, 20, 8));
    assertThat(stores.costs().byModel("c")).extracting(CostLine::part).containsExactly("p/m");
    assertThat(stores.costs().byFeature("c")).containsOnlyKeys(FEATURE);
    assertThat(stores.costs().byFeature("c").values())
        .allSatisfy(own -> assertThat(own.usd()).isEqualByComparingTo("0.3"));
    assertThat(stores.costs().total("c").usd()).isEqualByComparingTo("0.3");
    assertThat(stores.costs().total("nobody")).isEqualTo(CostLine.none("total"));
  }

  @Test
  void keepsAllWorkersAwayForAsLongAsTheProviderWants() {
    stores.endpoints().pause(endpoint, Duration.ofSeconds(40));
    stores.endpoints().pause(endpoint, Duration.ofSeconds(1)); // the longer one holds
    assertThat(stores.calls().begin(wish("c", "k", "0.1")))
        .isInstanceOfSatisfying(
            Admission.Wait.class,
            wait -> assertThat(wait.atLeast()).isGreaterThan(Duration.ofSeconds(38)));
    assertThat(stores.accounts().spend("c").reserved()).isZero();
  }

  @Test
  void obeysTheLowerLimitThatTheProviderTells() {
    stores.endpoints().answered(endpoint, Optional.of(1), Optional.empty());
    reserved(stores.calls().begin(wish("c", "a", "0.1")));
    assertThat(stores.calls().begin(wish("c", "b", "0.1"))).isInstanceOf(Admission.Wait.class);
  }

  @Test
  void givesTheTurnToOthersWhereACallDidNotLeave() {
    stores.endpoints().answered(endpoint, Optional.of(1), Optional.empty());
    CallRequest late = wish("c", "a", "0.1");
    Admission.Reserved turn = (Admission.Reserved) stores.calls().begin(late);
    stores.calls().miss(late, turn);
    stores.calls().miss(late, turn); // gives nothing back a second time
    assertThat(stores.accounts().spend("c").reserved()).isZero();
    reserved(stores.calls().begin(wish("c", "b", "0.1")));
    assertThat(stores.calls().begin(late)).isInstanceOf(Admission.Wait.class);
  }

  @Test
  void usesBothLimitsFullyWhereCallsDiffer() {
    stores.endpoints().answered(endpoint, Optional.of(600), Optional.of(6_000));
    long first = slot(stores.calls().begin(wish("c", "first", "0.001", 10)));
    long last = first;
    for (int done = 0; done < 30; ) {
      Admission begun =
          stores.calls().begin(wish("c", "k" + done, "0.001", done % 2 == 0 ? 1 : 19));
      if (begun instanceof Admission.Reserved) {
        last = slot(begun);
        done++;
      }
    }
    // 30 calls of 10 tokens in mean need 3.06 s of either limit, and 4.4 s if each took the dearer.
    assertThat(last - first).isBetween(2_950L, 4_000L);
  }

  @Test
  void sharesTheRateFairlyHoweverOftenACampaignAsks() {
    campaign("modest", "1");
    stores
        .endpoints()
        .answered(endpoint, Optional.of(200), Optional.empty()); // slower than any machine asks
    int greedy = 0;
    int modest = 0;
    while (greedy + modest < 20) {
      for (int i = 0; i < 5; i++) {
        greedy += goes("c", "greedy " + greedy);
      }
      modest += goes("modest", "modest " + modest);
    }
    assertThat(greedy).isBetween(8, 12);
  }

  @Test
  void letsOneCallTryOnceTheCircuitHasBeenOpen() {
    for (int i = 0; i < Endpoints.FAILURES; i++) {
      stores.endpoints().failed(endpoint, false, "status 503");
    }
    assertThat(stores.calls().begin(wish("c", "a", "0.1"))).isInstanceOf(Admission.Wait.class);
    turnClock(Duration.ofSeconds(3));
    reserved(stores.calls().begin(wish("c", "a", "0.1")));
    assertThat(stores.calls().begin(wish("c", "b", "0.1"))).isInstanceOf(Admission.Wait.class);
    stores.endpoints().answered(endpoint, Optional.empty(), Optional.empty());
    reserved(stores.calls().begin(wish("c", "b", "0.1")));
  }

  @Test
  void needsACapForWhatCosts() {
    campaign("capless", null);
    assertThatThrownBy(() -> stores.calls().begin(wish("capless", "k", "0.1")))
        .hasMessageStartingWith("limits.usd: is missing");
    reserved(stores.calls().begin(wish("capless", "k", "0")));
    assertThat(stores.accounts().cap("capless")).isEmpty();
    assertThatThrownBy(() -> stores.accounts().spend("nobody"))
        .hasMessageContaining("there is no campaign 'nobody'");
  }

  /** What was written before now seems so much older, or newer where it is negative. */
  private void turnClock(Duration forward) {
    long ms = forward.toMillis();
    database()
        .run(
            em -> {
              em.createQuery("update LlmWorkerRow set seenMs = seenMs - :ms")
                  .setParameter("ms", ms)
                  .executeUpdate();
              em.createQuery(
                      "update LlmEndpointRow set requestMs = requestMs - :ms, tokenMs = tokenMs -"
                          + " :ms, lastMs = lastMs - :ms, blockedMs = blockedMs - :ms, openMs"
                          + " = openMs - :ms")
                  .setParameter("ms", ms)
                  .executeUpdate();
            });
  }

  private void settle(long call, String usd) {
    stores.calls().settle(call, "yes", false, Optional.of(USAGE), Optional.of(new BigDecimal(usd)));
  }

  /** 1 if the call went. */
  private int goes(String campaign, String key) {
    return stores.calls().begin(wish(campaign, key, "0.001")) instanceof Admission.Reserved ? 1 : 0;
  }

  private static long slot(Admission begun) {
    reserved(begun);
    return ((Admission.Reserved) begun).slotMs();
  }

  private static long reserved(Admission begun) {
    assertThat(begun).isInstanceOf(Admission.Reserved.class);
    return ((Admission.Reserved) begun).call();
  }

  private CallRequest wish(String campaign, String key, String worstCase) {
    return wish(campaign, key, worstCase, "ada");
  }

  private CallRequest wish(String campaign, String key, String worstCase, String worker) {
    return wish(campaign, key, Optional.of(new BigDecimal(worstCase)), worker);
  }

  private CallRequest wish(
      String campaign, String key, Optional<BigDecimal> worstCase, String worker) {
    return wish(campaign, key, worstCase, worker, FREE);
  }

  private CallRequest wish(String campaign, String key, String worstCase, int tokens) {
    return wish(
        campaign,
        key,
        Optional.of(new BigDecimal(worstCase)),
        "ada",
        new RateRequest(tokens, FREE.requestsPerMinute(), FREE.tokensPerMinute()));
  }

  private CallRequest wish(
      String campaign,
      String key,
      Optional<BigDecimal> worstCase,
      String worker,
      RateRequest pace) {
    return new CallRequest(
        campaign,
        "explain",
        FEATURE,
        endpoint,
        "p",
        "m",
        Checkpoints.key(endpoint, key),
        worstCase,
        worker,
        Optional.of(pace),
        Optional.empty());
  }

  private void campaign(String id, @Nullable String cap) {
    LimitsSpec limits =
        new LimitsSpec(
            Optional.ofNullable(cap).map(BigDecimal::new), Optional.empty(), Optional.empty(), 0.2);
    CampaignSpec spec =
        new CampaignSpec(
            "demo",
            new SubjectSpec("/models/tiny", "/models/tiny-clt"),
            List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 7, Optional.empty())),
            PruneSpec.defaults(),
            limits);
    stores.campaigns().create(id, spec);
  }
}
