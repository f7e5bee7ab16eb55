package dev.piecrust.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.Explanation;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.feature.FadeResult;
import dev.piecrust.feature.FadeScore;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.SelectedFeature;
import dev.piecrust.price.TokenUsage;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.database.TestEngine;
import dev.piecrust.store.features.FeatureLine;
import dev.piecrust.store.features.FeatureQuery;
import dev.piecrust.store.features.FeatureSort;
import dev.piecrust.store.ledger.Admission;
import dev.piecrust.store.ledger.CallLine;
import dev.piecrust.store.ledger.CallQuery;
import dev.piecrust.store.ledger.CallRequest;
import dev.piecrust.store.ledger.CallState;
import dev.piecrust.store.ledger.CallSum;
import dev.piecrust.store.ledger.CostLine;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import dev.piecrust.store.result.KeptPrompt;
import dev.piecrust.store.result.KeptPrompts;
import dev.piecrust.store.result.PromptLine;
import dev.piecrust.store.result.PromptQuery;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What lists and sums promise, whichever engine holds the rows. */
abstract class ViewContract extends DatabaseContract {
  private static final int FEATURES = 23;

  private Stores stores;

  ViewContract(TestEngine engine) {
    super(engine);
  }

  @BeforeEach
  void startEmpty() {
    stores = Stores.of(database());
    stores.campaigns().list().forEach(status -> stores.campaigns().delete(status.id()));
    campaign("c");
    campaign("other");
  }

  private void campaign(String id) {
    stores
        .campaigns()
        .create(
            id,
            new CampaignSpec(
                "demo",
                new SubjectSpec("/models/tiny", "/models/tiny-clt"),
                List.of(new TaskSpec("ioi", TaskKind.IOI, 20, 7, Optional.empty())),
                PruneSpec.defaults(),
                new LimitsSpec(
                    Optional.of(BigDecimal.ONE), Optional.empty(), Optional.empty(), 0.2)));
  }

  /** The feature at a place: two layers, many ties, every third without scores. */
  private static SelectedFeature selected(int i) {
    return new SelectedFeature(
        i,
        new FeatureId(i % 2, 100 - i),
        50 - i,
        (i * 7 % 5) / 10.0,
        List.of("ioi"),
        i % 4 == 0 ? Optional.empty() : Optional.of(i % 3));
  }

  private static Optional<Double> clarity(int i) {
    return i % 3 == 0 ? Optional.empty() : Optional.of((i % 4) / 4.0);
  }

  private static Optional<String> description(int i) {
    return i % 5 == 0 ? Optional.empty() : Optional.of((i % 2 == 0 ? "Names " : "verbs 5% ") + i);
  }

  private void features(String campaign) {
    List<SelectedFeature> all =
        IntStream.range(0, FEATURES).mapToObj(ViewContract::selected).toList();
    stores.features().select(campaign, all);
    all.forEach(feature -> told(campaign, feature));
  }

  private void told(String campaign, SelectedFeature one) {
    Optional<String> description = description(one.ordinal());
    stores
        .features()
        .explain(
            campaign,
            new Explanation(
                one.feature(),
                "lexical",
                "m",
                true,
                description,
                description.isPresent() ? "" : "none"));
    Map<FadeMetric, FadeScore> scores = new EnumMap<>(FadeMetric.class);
    for (FadeMetric metric : FadeMetric.values()) {
      scores.put(metric, new FadeScore.Unscored(FadeScore.Kind.ONE_CLASS, "one class"));
    }
    clarity(one.ordinal())
        .ifPresent(c -> scores.put(FadeMetric.CLARITY, new FadeScore.Scored(c, 3)));
    stores.features().evaluate(campaign, new FadeResult(one.feature(), scores));
  }

  private List<Integer> pages(FeatureQuery query, int size) {
    List<Integer> seen = new ArrayList<>();
    Optional<ListKey> after = Optional.empty();
    List<FeatureLine> page;
    do {
      page = stores.views().features().page(query, after, size);
      page.forEach(line -> seen.add(line.selected().ordinal()));
      if (!page.isEmpty()) {
        after = Optional.of(ListKey.parse(page.get(page.size() - 1).key().token()));
      }
    } while (page.size() == size);
    return seen;
  }

  private static FeatureQuery by(FeatureSort sort, boolean reversed) {
    return new FeatureQuery("c", sort, reversed, "", Optional.empty(), Optional.empty());
  }

  @Test
  void describesTheFeaturesThatAreAskedForAndDescribed() {
    features("c");
    List<FeatureId> asked =
        List.of(
            selected(1).feature(),
            selected(2).feature(),
            selected(2).feature(),
            selected(5).feature(),
            new FeatureId(7, 7));
    assertThat(stores.views().features().descriptions("c", asked))
        .containsOnlyKeys(selected(1).feature(), selected(2).feature())
        .containsEntry(selected(1).feature(), "verbs 5% 1")
        .containsEntry(selected(2).feature(), "Names 2");
    assertThat(stores.views().features().descriptions("other", asked)).isEmpty();
    assertThat(stores.views().features().descriptions("c", List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void pagesGiveEveryFeatureOnceInOrderWhicheverWayTheyAreSorted(FeatureSort sort) {
    features("c");
    features("other");
    for (boolean reversed : List.of(false, true)) {
      List<Integer> all = pages(by(sort, reversed), 100);
      assertThat(all).hasSize(FEATURES).doesNotHaveDuplicates();
      for (int size : List.of(1, 3, 7)) {
        assertThat(pages(by(sort, reversed), size)).isEqualTo(all);
      }
    }
  }

  @Test
  void sortsByAScoreWithTheBestFirstAndThoseWithoutLast() {
    features("c");
    Function<Integer, Double> value = i -> clarity(i).orElse(-1.0);
    List<Integer> bestFirst =
        IntStream.range(0, FEATURES)
            .boxed()
            .sorted(Comparator.comparing(value).reversed().thenComparing(i -> i))
            .toList();
    assertThat(pages(by(FeatureSort.CLARITY, false), 4)).isEqualTo(bestFirst);
    List<Integer> worstFirst = pages(by(FeatureSort.CLARITY, true), 4);
    assertThat(value.apply(worstFirst.get(0))).isZero();
    assertThat(worstFirst.stream().map(value).toList().subList(15, FEATURES))
        .containsOnly(-1.0)
        .hasSize(8);
  }

  @Test
  void filtersByTextTakenLiterallyAndByLayerAndByScores() {
    features("c");
    assertThat(
            pages(
                new FeatureQuery(
                    "c", FeatureSort.KEPT, false, "nAMES", Optional.empty(), Optional.empty()),
                5))
        .containsExactly(2, 4, 6, 8, 12, 14, 16, 18, 22);
    assertThat(
            pages(
                new FeatureQuery(
                    "c", FeatureSort.CLARITY, false, "5%", Optional.of(1), Optional.of(true)),
                5))
        .allMatch(i -> i % 2 == 1 && i % 3 != 0)
        .contains(1, 7, 11);
    assertThat(
            pages(
                new FeatureQuery(
                    "c", FeatureSort.KEPT, false, "5_", Optional.empty(), Optional.empty()),
                5))
        .isEmpty();
    assertThat(
            pages(
                new FeatureQuery(
                    "c", FeatureSort.KEPT, false, "", Optional.empty(), Optional.of(false)),
                5))
        .containsExactly(0, 3, 6, 9, 12, 15, 18, 21);
  }

  @Test
  void goesOnAfterTheLastRowThoughRowsCameAndScoresChangedBeforeIt() {
    features("c");
    FeatureQuery query = by(FeatureSort.CLARITY, false);
    List<FeatureLine> first = stores.views().features().page(query, Optional.empty(), 5);
    Optional<ListKey> after = Optional.of(first.get(4).key());
    List<FeatureLine> next = stores.views().features().page(query, after, 5);
    FeatureId unscored = selected(0).feature();
    Map<FadeMetric, FadeScore> best = new EnumMap<>(FadeMetric.class);
    for (FadeMetric metric : FadeMetric.values()) {
      best.put(metric, new FadeScore.Scored(1, 3));
    }
    stores.features().evaluate("c", new FadeResult(unscored, best));
    assertThat(stores.views().features().page(query, after, 5)).isEqualTo(next);
    assertThat(stores.views().features().page(query, Optional.empty(), 1).get(0).selected())
        .isEqualTo(selected(0));
  }

  @Test
  void keepsWhatIsSaidOfFeaturesThatAreChosenAgain() {
    features("c");
    List<FeatureLine> before =
        stores.views().features().page(by(FeatureSort.DESCRIPTION, false), Optional.empty(), 50);
    stores
        .features()
        .select("c", IntStream.range(0, FEATURES).mapToObj(ViewContract::selected).toList());
    assertThat(
            stores
                .views()
                .features()
                .page(by(FeatureSort.DESCRIPTION, false), Optional.empty(), 50))
        .isEqualTo(before);
    assertThat(stores.views().features().count("c")).isEqualTo(FEATURES);
    assertThat(stores.views().features().count("other")).isZero();
  }

  @Test
  void refusesAPlaceThatNoListGave() {
    assertThatThrownBy(() -> ListKey.parse("%%%"))
        .hasMessage("after is '%%%', expected the 'next' of an earlier page");
    features("c");
    assertThatThrownBy(
            () ->
                stores
                    .views()
                    .features()
                    .page(by(FeatureSort.CLARITY, false), Optional.of(new ListKey("x", 1)), 5))
        .hasMessageContaining("expected the 'next' of an earlier page of this one");
  }

  @Test
  void knowsWhichPromptsKeepAFeature() {
    FeatureId feature = new FeatureId(1, 7);
    KeptOccurrence weak = new KeptOccurrence(1, 3, 7, 0.5);
    KeptOccurrence strong = new KeptOccurrence(1, 5, 7, -2);
    stores.keptPrompts().put("c", "fap", 50, List.of(outcome(4, "fap", List.of(weak, strong))));
    stores.keptPrompts().put("c", "fap", 50, List.of(outcome(2, "fap", List.of(weak))));
    stores.keptPrompts().put("c", "fap", 50, List.of(outcome(9, "random", List.of(weak))));
    stores.keptPrompts().put("c", "fap", 50, List.of(outcome(2, "fap", List.of(weak))));
    KeptPrompt two = new KeptPrompt("ioi", 2, 1, 3, 0.5);
    KeptPrompt four = new KeptPrompt("ioi", 4, 2, 5, -2);
    assertThat(stores.keptPrompts().of("c", feature, "", -1, 10)).containsExactly(two, four);
    assertThat(stores.keptPrompts().of("c", feature, "ioi", 2, 10)).containsExactly(four);
    assertThat(stores.keptPrompts().count("c", feature)).isEqualTo(2);
    stores.keptPrompts().put("c", "fap", 50, List.of(outcome(4, "fap", List.of())));
    assertThat(stores.keptPrompts().of("c", feature, "", -1, 10)).containsExactly(two);
  }

  @Test
  void knowsWhereAFeatureIsKeptAndWithWhichOthers() {
    KeptOccurrence one = new KeptOccurrence(1, 3, 7, 0.5);
    KeptOccurrence later = new KeptOccurrence(1, 4, 7, 0.75);
    KeptOccurrence often = new KeptOccurrence(1, 2, 9, 0.5);
    KeptOccurrence once = new KeptOccurrence(0, 2, 30, 0.5);
    KeptPrompts kept = stores.keptPrompts();
    kept.put("c", "fap", 50, List.of(outcome(1, "fap", List.of(one, often))));
    kept.put("c", "fap", 50, List.of(outcome(2, "fap", List.of(one, later, often, once))));
    kept.put("c", "fap", 50, List.of(outcome(3, "fap", List.of(one))));
    kept.put("c", "fap", 50, List.of(outcome(4, "fap", List.of(once))));
    kept.put("other", "fap", 50, List.of(outcome(1, "fap", List.of(one, once))));
    FeatureId feature = one.id();
    assertThat(kept.features("c")).containsExactly(once.id(), feature, often.id());
    assertThat(kept.previous("c", feature)).contains(once.id());
    assertThat(kept.next("c", feature)).contains(often.id());
    assertThat(kept.previous("c", once.id())).isEmpty();
    assertThat(kept.next("c", often.id())).isEmpty();
    assertThat(kept.next("c", new FeatureId(0, 31))).contains(feature);
    assertThat(kept.places("c", feature))
        .containsExactly(new KeptPrompts.Place(3, 2), new KeptPrompts.Place(4, 1));
    assertThat(kept.together("c", feature, 10, 10))
        .containsExactly(
            new KeptPrompts.Companion(often.id(), 2), new KeptPrompts.Companion(once.id(), 1));
    assertThat(kept.together("c", feature, 1, 10))
        .as("of the first prompt alone")
        .containsExactly(new KeptPrompts.Companion(often.id(), 1));
    assertThat(kept.together("c", feature, 10, 1)).hasSize(1);
  }

  private static PromptOutcome outcome(int prompt, String method, List<KeptOccurrence> kept) {
    TreeMap<Integer, List<KeptOccurrence>> sets = new TreeMap<>(Map.of(50, kept));
    return new PromptOutcome("ioi", prompt, "0".repeat(40), method, 300, new TreeMap<>(), sets);
  }

  private static PromptOutcome measured(int prompt, double kl) {
    TreeMap<Integer, Fidelity> at50 =
        new TreeMap<>(Map.of(50, new Fidelity(kl, kl, 0, null, null)));
    return new PromptOutcome("ioi", prompt, "0".repeat(40), "fap", 300, at50, new TreeMap<>());
  }

  @Test
  void listsPromptsByIndexOrTheWorstFirst() {
    stores
        .results()
        .put("c", List.of(measured(0, 0.5), measured(1, 2), measured(2, 0.5), measured(3, 0.1)));
    assertThat(prompts(false, 10)).containsExactly(0, 1, 2, 3);
    assertThat(prompts(false, 1)).containsExactly(0, 1, 2, 3);
    assertThat(prompts(true, 10)).containsExactly(1, 2, 0, 3);
    assertThat(prompts(true, 1)).containsExactly(1, 2, 0, 3);
  }

  private List<Integer> prompts(boolean worstFirst, int size) {
    PromptQuery query = new PromptQuery("c", "ioi", "fap", 50, worstFirst);
    List<Integer> seen = new ArrayList<>();
    Optional<ListKey> after = Optional.empty();
    List<PromptLine> page;
    do {
      page = stores.views().prompts().page(query, after, size);
      page.forEach(line -> seen.add(line.prompt()));
      if (!page.isEmpty()) {
        after = Optional.of(ListKey.parse(page.get(page.size() - 1).key().token()));
      }
    } while (page.size() == size);
    return seen;
  }

  @Test
  void addsUpWhateverBecomesOfCalls() {
    stores.endpoints().open("e", "somewhere");
    long settled = begin("k1", "explain");
    stores
        .calls()
        .settle(
            settled,
            "yes",
            false,
            Optional.of(new TokenUsage(100, 40, 30, 10, 4)),
            Optional.of(new BigDecimal("0.02")));
    stores.calls().release(begin("k2", "explain"), "too many requests");
    stores.calls().lose(begin("k3", "rate"), "its worker died");
    begin("k4", "rate");
    long late = begin("k5", "rate");
    stores.calls().lose(late, "its worker died");
    stores.calls().settle(late, "yes", false, Optional.empty(), Optional.empty());
    assertThat(stores.calls().answered(wish("k1", "explain"))).isPresent();
    assertThat(stores.calls().begin(wish("k1", "explain"))).isInstanceOf(Admission.Answered.class);
    List<CallSum> sums = stores.views().calls().sums(Optional.of("c"));
    assertThat(sums.stream().map(CallSum::stage)).containsExactly("explain", "rate");
    assertThat(sums.get(0).released()).isEqualTo(1);
    assertThat(sums.get(1).open()).isEqualTo(1);
    List<CostLine> counted = stores.costs().byStage("c");
    for (int i = 0; i < counted.size(); i++) {
      assertThat(sums.get(i).cost())
          .usingRecursiveComparison()
          .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
          .isEqualTo(counted.get(i));
    }
    assertThat(stores.views().calls().sums(Optional.empty())).isEqualTo(sums);
  }

  private long begin(String key, String stage) {
    return ((Admission.Reserved) stores.calls().begin(wish(key, stage))).call();
  }

  private static CallRequest wish(String key, String stage) {
    return new CallRequest(
        "c",
        stage,
        new FeatureId(1, 2),
        "e",
        "openai",
        "m",
        key,
        Optional.of(new BigDecimal("0.1")),
        "ada",
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void listsCallsTheLastFirstByCampaignStageAndState() {
    stores.endpoints().open("e", "somewhere");
    long one = begin("k1", "explain");
    long two = begin("k2", "rate");
    long three = begin("k3", "rate");
    stores.calls().release(two, "refused");
    CallQuery rate =
        new CallQuery(
            Optional.of("c"),
            Optional.of("rate"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(ids(CallQuery.all(), Optional.empty())).containsExactly(three, two, one);
    assertThat(ids(CallQuery.all(), Optional.of(new ListKey("", two)))).containsExactly(one);
    assertThat(ids(rate, Optional.empty())).containsExactly(three, two);
    assertThat(
            ids(
                new CallQuery(
                    Optional.of("c"),
                    Optional.empty(),
                    Optional.of("m"),
                    Optional.of(CallState.RELEASED),
                    Optional.of(new FeatureId(1, 2))),
                Optional.empty()))
        .containsExactly(two);
    assertThat(stores.views().calls().find(two).orElseThrow().error()).isEqualTo("refused");
    assertThat(stores.views().calls().find(-1)).isEmpty();
  }

  private List<Long> ids(CallQuery query, Optional<ListKey> after) {
    return stores.views().calls().page(query, after, 10).stream().map(CallLine::id).toList();
  }

  @Test
  void addsUpWhateverBecomesOfUnits() {
    stores.campaigns().openStage("c", "score ioi", 12);
    ArtifactRef first = new ArtifactRef("a".repeat(64), 1);
    stores.units().park(new UnitFailure("c", "score ioi", "0", 4, "broken"));
    stores.units().done("c", "score ioi", "1", 3, 1, first);
    assertThat(progress()).containsExactly(3, 5);
    stores.units().done("c", "score ioi", "0", 4, 0, first);
    stores.units().done("c", "score ioi", "1", 4, 0, new ArtifactRef("b".repeat(64), 1));
    stores.units().done("c", "score ioi", "1", 0, 4, first); // late, and worse
    stores.units().done("c", "score ioi", Map.of("2", first, "3", first));
    stores.units().done("c", "score ioi", Map.of("2", first));
    assertThat(progress()).containsExactly(10, 0);
  }

  private List<Integer> progress() {
    StageProgress stage = stores.campaigns().status("c").stages().get(0);
    return List.of(stage.done(), stage.failed());
  }

  @Test
  void remembersWhatProcessesSaidLast() {
    stores.processes().all().forEach(seen -> stores.processes().gone(seen.sign().id()));
    ProcessSign idle =
        new ProcessSign(
            "gpu-1",
            "gpu",
            "box",
            7,
            "0.4",
            "gpu0",
            OptionalLong.of(5),
            OptionalLong.of(10),
            List.of());
    ProcessSign busy =
        new ProcessSign(
            "gpu-1",
            "gpu",
            "box",
            7,
            "0.4",
            "gpu0",
            OptionalLong.of(6),
            OptionalLong.empty(),
            List.of(new RunningWork("c", "score", "ioi/0", 5, "scoring by fap")));
    stores.processes().beat(idle);
    assertThat(stores.processes().devicesBeside("gpu-2")).containsExactly(idle);
    assertThat(stores.processes().devicesBeside("gpu-1")).as("itself").isEmpty();
    stores.processes().beat(busy);
    assertThat(stores.processes().all())
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.sign()).isEqualTo(busy);
              assertThat(seen.silentMs()).isLessThan(Duration.ofMinutes(1).toMillis());
            });
    stores.processes().gone("gpu-1");
    assertThat(stores.processes().all()).isEmpty();
  }
}
