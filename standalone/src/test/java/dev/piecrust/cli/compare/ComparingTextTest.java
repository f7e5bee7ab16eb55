package dev.piecrust.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.report.analysis.Ratios;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.view.compare.BakeOffLine;
import dev.piecrust.view.compare.Comparing;
import dev.piecrust.view.compare.Comparing.Curve;
import dev.piecrust.view.compare.Comparing.Difference;
import dev.piecrust.view.compare.Comparing.Point;
import dev.piecrust.view.compare.Comparing.Side;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class ComparingTextTest {
  private static final Instant START = Instant.parse("2026-11-28T12:00:00Z");

  private static final Comparing COMPARED =
      new Comparing(
          List.of(side("a-1", 200, "0.5"), side("b-2", 60, "0")),
          List.of(
              new Comparing.TaskCurves(
                  "ioi",
                  true,
                  List.of(
                      new Curve(
                          "a-1",
                          "fap",
                          List.of(
                              new Point(50, interval(4, 0.5, 0.4, 0.6)),
                              new Point(100, interval(4, 0.25, 0.2, 0.3)))),
                      new Curve("b-2", "fap", List.of(new Point(50, interval(4, 12.5, 12, 13))))),
                  List.of(new Difference("b-2", "fap", 50, interval(4, 12, 11, 13), true)))),
          List.of(
              new Comparing.Circuits(
                  "ioi", "a-1", new HeldOut(3, List.of(circuit(50, 2.5, 2, 3)), List.of()))),
          List.of(new Comparing.Kept("ioi", "b-2", "fap at K=50", "fap at K=100", 4, 5, 3, 0.5)),
          List.of(
              new Comparing.FadeLine(
                  FadeMetric.CLARITY,
                  Map.of("a-1", interval(9, 0.7, 0.6, 0.8), "b-2", interval(8, 0.75, 0.7, 0.8)),
                  Map.of("b-2", interval(7, 0.05, -0.05, 0.15)))),
          List.of(new Comparing.Setting("prune.budgets", List.of("[50,100]", "[50]"))),
          List.of(
              new BakeOffLine(
                  BakeOffLine.Aspect.FIDELITY,
                  "ioi: KL at K=50 of fap",
                  BakeOffLine.Better.LOWER,
                  Map.of("a-1", interval(4, 0.5, 0.4, 0.6), "b-2", interval(4, 12.5, 12, 13))),
              new BakeOffLine(
                  BakeOffLine.Aspect.COST,
                  "training, s",
                  BakeOffLine.Better.LOWER,
                  Map.of("b-2", interval(1, 75, 75, 75)))));

  @Test
  void setsCampaignsBesideOneAnother() {
    assertThat(ComparingText.of(COMPARED))
        .containsExactly(
            "A  a-1",
            "B  b-2",
            "At 1 of 1 points the KL differs from the first campaign's by more than noise: better"
                + " at 0, worse at 1.",
            "",
            "Cost and time:",
            "campaign               A         B",
            "state           finished  finished",
            "start to end       3 min      60 s",
            "calls                  7         7",
            "from the cache         2         2",
            "USD spent          $0.50     $0.00",
            "",
            "Settings that differ:",
            "key                   A     B",
            "prune.budgets  [50,100]  [50]",
            "",
            "ioi, KL of every prompt's own answer (in-sample), nats:",
            "method    K             A            B          B−A",
            "fap      50  0.500 ±0.100  12.5 ±0.500  12.0* ±1.00",
            "fap     100  0.250 ±0.050            –            –",
            "± half the width of the 95 % interval; differences are paired by prompt.",
            "* The interval of the difference leaves 0 out; without it, no difference shown.",
            "",
            "ioi, KL of circuits on prompts held out, nats:",
            "circuit             N            A  B",
            "fap by mean-score  50  2.50 ±0.500  –",
            "",
            "Features kept on any prompt:",
            "task  campaign  Jaccard  both  kept  A keeps           by          A by",
            "ioi          B     0.50     3     4        5  fap at K=50  fap at K=100",
            "",
            "FADE, means over features (how many):",
            "metric                  A                 B           B−A",
            "clarity  0.700 ±0.100 (9)  0.750 ±0.050 (8)  0.050 ±0.100",
            "",
            "Bake-off, transcoders of one model:",
            "measure                       of  better             A            B",
            "ioi: KL at K=50 of fap  fidelity   lower  0.500 ±0.100  12.5 ±0.500",
            "training, s                 cost   lower             –  75.0 ±0.000");
  }

  @Test
  void saysThatNoDifferenceIsShown() {
    Comparing alike =
        new Comparing(
            COMPARED.sides(),
            List.of(
                new Comparing.TaskCurves(
                    "ioi",
                    false,
                    COMPARED.tasks().get(0).curves(),
                    List.of(new Difference("b-2", "fap", 50, interval(4, 0.1, -0.1, 0.3), false)))),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(ComparingText.of(alike))
        .contains("No difference is shown at any of the 1 points that both have.")
        .anyMatch(line -> line.contains("differences are of different prompts"))
        .noneMatch(line -> line.contains("Jaccard") || line.contains("FADE"));
  }

  private static Side side(String id, int seconds, String usd) {
    Spend spend =
        new Spend(
            Optional.empty(), new BigDecimal(usd), BigDecimal.ZERO, BigDecimal.ZERO, 7, 0, 0, 2);
    return new Side(
        id, id, CampaignState.FINISHED, START, Optional.of(START.plusSeconds(seconds)), spend);
  }

  private static Estimate interval(int n, double mean, double low, double high) {
    return new Estimate(
        n,
        0,
        OptionalDouble.of(mean),
        OptionalDouble.empty(),
        OptionalDouble.of(low),
        OptionalDouble.of(high));
  }

  private static HeldOut.Row circuit(int budget, double mean, double low, double high) {
    Estimate none =
        new Estimate(
            0,
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());
    Estimate kl =
        new Estimate(
            3,
            0,
            OptionalDouble.of(mean),
            OptionalDouble.of(1),
            OptionalDouble.of(low),
            OptionalDouble.of(high));
    return new HeldOut.Row(
        "fap",
        "mean-score",
        budget,
        kl,
        none,
        none,
        none,
        none,
        Ratios.NONE,
        none,
        Optional.empty(),
        true);
  }
}
