package dev.piecrust.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.campaign.TaskKind;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.feature.CircuitOutcome;
import dev.piecrust.feature.Fidelity;
import dev.piecrust.feature.KeptOccurrence;
import dev.piecrust.feature.PromptOutcome;
import dev.piecrust.feature.TaskAccuracy;
import dev.piecrust.report.analysis.Analysis.KeptSets;
import dev.piecrust.report.analysis.HeldOutTable;
import dev.piecrust.report.analysis.MethodMeasures;
import dev.piecrust.report.analysis.OverlapCounter;
import dev.piecrust.report.text.TableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The printed page of a campaign with every method, on figures made by a formula. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableTextTest {
  private static final int PROMPTS = 20;
  private static final int OCCURRENCES = 1000;
  private static final CampaignSpec SPEC =
      new CampaignSpec(
          "all",
          new SubjectSpec("/models/Llama-3.2-1B", "/models/clt"),
          List.of(new TaskSpec("ioi", TaskKind.IOI, PROMPTS, 7, Optional.empty())),
          PruneSpec.defaults().withMethods(Method.values()),
          LimitsSpec.defaults());

  private final String text = TableText.of(table());

  @Test
  void staysNarrow() {
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
    assertThat(text.lines().count()).isLessThan(95);
  }

  @Test
  void setsThePapersFiguresBelowTheMeasuredOnes() {
    List<String> lines = text.lines().toList();
    int fap =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("fap ") && lines.get(i).contains("0.664"))
            .findFirst()
            .orElseThrow();
    assertThat(lines.get(fap + 1))
        .matches("  paper +1\\.33 +\\(0\\.600\\) +1\\.13 +\\(0\\.530\\).*– +–");
  }

  @Test
  void saysInASentenceWhatTheBestIsWorth() {
    // Mean KL: fap 0.083 at 200; fap-synergy 0.141 at 200 and 0.0088 at 400. The first is 0.439 of
    // the way down, and 200·2^0.439 = 271, the same in every resample as all methods are alike.
    assertThat(text)
        .contains(
            "In-sample at K=200, beside the best there, fap (paired bootstrap over 20 prompts):")
        .contains("- The model itself prefers the right answer on 19 of 20 prompts\n")
        .contains(
            "- The next best, fap-synergy, needs 271 (271–271) occurrences a prompt for the in-sample")
        .contains(
            "- 400 features (circuit-swap by swap), held-out KL 0.015 nats (95 % 0.005–0.025, 4");
  }

  @Test
  void showsCircuitsBesideThePerPromptAnswer() {
    assertThat(text)
        .contains(
            "Held out: KL last on 4 prompts of circuits of N features chosen on other prompts")
        .containsPattern("\ncircuit-swap +swap +\\S+\\* ±\\S+ +300 +– ")
        .containsPattern("\nfap +mean-score +\\S+ +±\\S+ +300 +\\S+ ±\\S+ ");
  }

  @Test
  void drawsOverlapsAsATriangle() {
    assertThat(text).containsPattern("\n\\(2\\) fap-synergy +0\\.98\n");
  }

  private static ResultTable table() {
    Map<String, Map<Integer, Map<Integer, Fidelity>>> measured = new TreeMap<>();
    HeldOutTable circuits =
        new HeldOutTable(SPEC.prune().methods().stream().map(Method::label).toList());
    List<Method> methods = SPEC.prune().promptMethods();
    OverlapCounter overlaps =
        new OverlapCounter(methods.stream().map(Method::label).toList(), SPEC.prune().budgets());
    Map<Integer, Integer> occurrences = new HashMap<>();
    for (int prompt = 0; prompt < PROMPTS; prompt++) {
      List<PromptOutcome> outcomes = new ArrayList<>();
      for (Method method : methods) {
        TreeMap<Integer, List<KeptOccurrence>> kept = new TreeMap<>();
        for (int budget : SPEC.prune().budgets()) {
          put(measured, method.label(), budget, prompt, fidelity(prompt, method, budget));
          kept.put(budget, kept(method, budget));
        }
        outcomes.add(
            new PromptOutcome(
                "ioi",
                prompt,
                "ab".repeat(20),
                method.label(),
                OCCURRENCES,
                new TreeMap<>(),
                kept));
      }
      put(measured, "random", 1600, prompt, new Fidelity(0, 0, 0, 1.0, 0.0));
      overlaps.add(outcomes);
      occurrences.put(prompt, OCCURRENCES);
    }
    for (int prompt = 0; prompt < 4; prompt++) {
      for (Method method : Method.values()) {
        for (int budget : SPEC.prune().budgets()) {
          for (String ranking :
              method.perPrompt() ? List.of("kept-count", "mean-score") : List.of("swap")) {
            Fidelity fidelity = new Fidelity(kl(prompt, method, budget / 2), 0, 0, null, null);
            circuits.add(
                new CircuitOutcome(
                    "ioi",
                    prompt,
                    "held-out",
                    method.label(),
                    ranking,
                    budget,
                    budget + 100,
                    method.perPrompt() ? fidelity : new Fidelity(0.01 * prompt, 0, 0, null, null)));
          }
        }
      }
    }
    KeptSets kept = new KeptSets(overlaps.overlaps(), occurrences);
    return new ResultTable(
        "all-1",
        CampaignState.FINISHED,
        List.of(
            new TableBuilder(SPEC)
                .build(
                    SPEC.tasks().get(0),
                    method -> measures(measured.getOrDefault(method, new TreeMap<>())),
                    Optional.of(kept),
                    circuits,
                    Optional.of(new TaskAccuracy(PROMPTS, 19, false)))),
        Optional.empty(),
        List.of());
  }

  private static void put(
      Map<String, Map<Integer, Map<Integer, Fidelity>>> measured,
      String method,
      int budget,
      int prompt,
      Fidelity fidelity) {
    measured
        .computeIfAbsent(method, m -> new TreeMap<>())
        .computeIfAbsent(budget, k -> new TreeMap<>())
        .put(prompt, fidelity);
  }

  private static MethodMeasures measures(Map<Integer, Map<Integer, Fidelity>> byBudget) {
    MethodMeasures measures = new MethodMeasures();
    byBudget.forEach(
        (budget, prompts) -> prompts.forEach((prompt, f) -> measures.add(budget, prompt, f)));
    return measures;
  }

  private static Fidelity fidelity(int prompt, Method method, int budget) {
    double kl = kl(prompt, method, budget);
    return new Fidelity(kl, kl / 4, kl > 1 ? 1 : 0, 1 - kl / 10, kl / 20);
  }

  /** Each further method is worse; prompts differ by up to a factor of two. */
  private static double kl(int prompt, Method method, int budget) {
    double difficulty = 1 + prompt / (double) PROMPTS;
    return difficulty * (1 + rank(method) * 0.7) * Math.pow(2, -budget / 50.0) * 0.9;
  }

  /** Each further method keeps a set shifted by one occurrence in fifty. */
  private static List<KeptOccurrence> kept(Method method, int budget) {
    int shift = rank(method) * budget / 100;
    return IntStream.range(shift, shift + budget)
        .mapToObj(feature -> new KeptOccurrence(0, 1, feature, 1))
        .toList();
  }

  private static int rank(Method method) {
    return SPEC.prune().methods().indexOf(method);
  }
}
