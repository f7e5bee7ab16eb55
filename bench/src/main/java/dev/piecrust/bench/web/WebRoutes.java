package dev.piecrust.bench.web;

import dev.piecrust.feature.FeatureId;
import dev.piecrust.store.database.ListKey;
import dev.piecrust.store.features.FeatureSort;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Every page and list of the API, each asked for as people do: anywhere in lists, of any kind. */
final class WebRoutes {
  private static final String API = "/api/v1";

  private final WebSize size;
  private final List<Route> routes = new ArrayList<>();

  /**
   * One page or list.
   *
   * @param path to what is asked for next; must answer with status 200
   */
  record Route(String name, Function<SplittableRandom, String> path) {}

  WebRoutes(WebSize size) {
    this.size = size;
  }

  List<Route> all() {
    campaigns();
    features();
    prompts();
    ledger();
    comparisons();
    both("workers", random -> "/workers");
    return List.copyOf(routes);
  }

  private void add(String name, Function<SplittableRandom, String> path) {
    routes.add(new Route(name, path));
  }

  /** A page and what the API says of the same. */
  private void both(String name, Function<SplittableRandom, String> path) {
    add(name, path);
    add(name + ", API", random -> API + path.apply(random));
  }

  private void campaigns() {
    both("campaigns", random -> "/campaigns");
    add("campaigns, filtered", random -> "/campaigns?text=bench-1&sort=spent");
    both("campaign", this::campaign);
    add("new campaign", random -> "/campaigns/new");
    add("overview, API", random -> API + "/overview");
    for (String part :
        List.of(
            "card",
            "fidelity",
            "fidelity.csv",
            "spending",
            "spend",
            "events",
            "events/latest",
            "failures")) {
      add("campaign's " + part + ", API", random -> API + campaign(random) + "/" + part);
    }
    add("features: whose?", random -> "/features");
    add("compare: which?", random -> "/compare");
  }

  private String campaign(SplittableRandom random) {
    return "/campaigns/" + WebSize.campaign(random.nextInt(size.campaigns()));
  }

  private void features() {
    both("features", random -> campaign(random) + "/features");
    for (FeatureSort sort : FeatureSort.values()) {
      add("features by " + sort.label(), random -> sorted(random, sort));
    }
    add("features, a word", random -> words(random, BenchData.word(random)));
    add("features, no such word", random -> words(random, "zebra"));
    add(
        "features of a layer, scored",
        random ->
            campaign(random)
                + "/features?scored=yes&sort=purity&layer="
                + random.nextInt(BenchData.LAYERS));
    both("feature", this::feature);
    add("prompts of a feature, API", random -> API + feature(random) + "/prompts");
  }

  private static String text(SplittableRandom random, FeatureSort sort, int ordinals) {
    return switch (sort) {
      case RANK, KEPT -> "" + random.nextInt(ordinals);
      case FEATURE, POSITION -> "" + random.nextInt(BenchData.LAYERS);
      case DESCRIPTION -> BenchData.word(random);
      default -> "" + random.nextDouble();
    };
  }

  /** Anywhere in the list, in either order. */
  private String sorted(SplittableRandom random, FeatureSort sort) {
    int ordinals = size.featuresEach();
    String value = text(random, sort, ordinals);
    int tie =
        sort == FeatureSort.RANK ? Integer.parseInt(value) : random.nextInt(Math.max(1, ordinals));
    return campaign(random)
        + "/features?sort="
        + sort.label()
        + (random.nextBoolean() ? "&order=reverse" : "")
        + "&after="
        + new ListKey(value, tie).token();
  }

  private String words(SplittableRandom random, String word) {
    return campaign(random) + "/features?q=" + word;
  }

  private String feature(SplittableRandom random) {
    FeatureId feature = BenchData.feature(random.nextInt(size.featuresEach()));
    return campaign(random) + "/features/" + feature.layer() + "/" + feature.index();
  }

  private void prompts() {
    both("prompts", random -> list(random));
    add("prompts, the worst first", random -> list(random) + "&sort=kl");
    both(
        "prompt",
        random ->
            campaign(random)
                + "/prompts/ioi/"
                + random.nextInt(Math.min(BenchData.READABLE, size.prompts()))
                + "?"
                + choice(random));
  }

  private String list(SplittableRandom random) {
    return campaign(random) + "/prompts/ioi?" + choice(random);
  }

  private static String choice(SplittableRandom random) {
    return "method=%s&budget=%d"
        .formatted(
            BenchSpec.METHODS.get(random.nextInt(BenchSpec.METHODS.size())),
            BenchSpec.BUDGETS.get(random.nextInt(BenchSpec.BUDGETS.size())));
  }

  private void ledger() {
    both("ledger", random -> "/ledger");
    both("ledger of a campaign", random -> "/ledger?" + owner(random));
    add("ledger, anywhere", random -> "/ledger?" + after(random));
    add("ledger, a stage", random -> "/ledger?" + owner(random) + "&stage=rate&" + after(random));
    add("ledger, lost calls", random -> "/ledger?" + owner(random) + "&state=lost");
    add("ledger, all lost calls", random -> "/ledger?state=lost");
    add(
        "ledger, a feature",
        random ->
            "/ledger?"
                + owner(random)
                + "&feature=0%2F"
                + random.nextInt(Math.max(1, size.featuresEach() / BenchData.LAYERS)));
    add("calls, API", random -> API + "/ledger/calls?" + after(random));
    both("call", random -> "/ledger/calls/" + (1 + random.nextInt(size.callsEach())));
  }

  private String owner(SplittableRandom random) {
    return "campaign=" + WebSize.campaign(random.nextInt(size.campaigns()));
  }

  private String after(SplittableRandom random) {
    return "after=" + new ListKey("", 1 + random.nextInt(size.calls())).token();
  }

  private void comparisons() {
    both("compare two", random -> compare(2));
    both("compare six", random -> compare(Math.min(6, size.campaigns())));
  }

  private static String compare(int campaigns) {
    StringBuilder path = new StringBuilder("/compare");
    for (int c = 0; c < campaigns; c++) {
      path.append(c == 0 ? "?campaign=" : "&campaign=").append(WebSize.campaign(c));
    }
    return path.toString();
  }
}
