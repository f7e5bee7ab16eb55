package dev.piecrust.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.AcdcSpec;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PruneSpec;
import dev.piecrust.campaign.SwapSpec;
import dev.piecrust.campaign.SynergySpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods, their parameters and held-out prompts, as a spec names them. */
class SpecMethodsTest {
  private static final String START =
      "name: x\nsubject: {model: model, transcoder: clt}\ntasks: [{kind: ioi}]\n";

  @TempDir Path folder;

  @BeforeEach
  void makeTheSubject() throws IOException {
    Files.createDirectories(folder.resolve("model"));
    Files.createDirectories(folder.resolve("clt"));
  }

  @Test
  void readsEveryParameterOfEveryMethodAndWritesItBack() {
    CampaignSpec spec =
        parse(
            """
            prune:
              methods: [fap, fap-synergy, fap-swap, fap-ig, fap-iterative, clt-relp,
                        activation-magnitude, factp, acdc, random, circuit-swap, circuit-greedy]
              synergy: {lambda: 2.5, boundary_percent: 50, boundary_cap: 16, partners: 8, partners_per_candidate: 4, seed: 9}
              factp: {pool: 200}
              swap: {rounds: 2, pool: 32, objective: metric}
              acdc: {tau: 1e-3, ratio: 2}
              ig: {points: 3}
              iterative: {rounds: 6}
              held_out: 0.25
            """);
    assertThat(spec.prune().methods()).containsExactly(Method.values());
    assertThat(spec.prune().settings())
        .isEqualTo(
            new MethodSettings(
                new SynergySpec(2.5, 50, 16, 8, 4, 9),
                new FactpSpec(200),
                new SwapSpec(2, 32, SwapSpec.Objective.METRIC),
                new AcdcSpec(1e-3, 2),
                3,
                6));
    assertThat(spec.prune().heldOut()).isEqualTo(0.25);
    assertThat(copy(spec)).isEqualTo(spec);
  }

  @Test
  void takesAPoolOfAllOccurrencesAndWritesItBack() {
    CampaignSpec spec = parse("prune: {factp: {pool: all}}\n");
    assertThat(spec.prune().settings().factp().pool()).isEqualTo(FactpSpec.ALL);
    assertThat(SpecDocument.write(spec)).contains("\"factp\":{\"pool\":\"all\"}");
    assertThat(copy(spec)).isEqualTo(spec);
  }

  @Test
  void fillsOneKeyOfAGroupAndLeavesTheOthersAsTheyAre() {
    assertThat(parse("prune: {synergy: {lambda: 0}}\n").prune().settings())
        .isEqualTo(MethodSettings.defaults().with(new SynergySpec(0, 25, 32, 32, 8, 0)));
  }

  @Test
  void choosesMethodsOfASinglePassWhereNoneAreNamed() {
    PruneSpec prune = parse("").prune();
    assertThat(prune.methods())
        .containsExactly(Method.FAP, Method.ACTIVATION_MAGNITUDE, Method.RANDOM)
        .noneMatch(Method::reranked);
    assertThat(prune.heldOut()).isEqualTo(0.2);
  }

  @Test
  void readsASpecThatRelease01Stored() {
    String stored =
        """
        {"name":"demo","subject":{"model":"/m","transcoder":"/t"},
         "tasks":[{"name":"ioi","kind":"ioi","prompts":100,"seed":1000,"path":null}],
         "prune":{"methods":["fap","random"],"budgets":[50,100],"corruption":"prompt",
           "metric":"logit_diff","scope":"global","randomSeeds":5,"batch":10},
         "limits":{"failureShare":0.2}}\
        """;
    PruneSpec prune = Json.read(stored, CampaignSpec.class, "a stored spec").prune();
    assertThat(prune.methods()).isEqualTo(List.of(Method.FAP, Method.RANDOM));
    assertThat(prune.settings()).isEqualTo(MethodSettings.defaults());
    assertThat(prune.heldOut()).as("it measured no circuits").isZero();
  }

  @Test
  void reportsWhatDoesNotGoTogetherBesideOtherMistakes() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    prune:
                      methods: [fap, circuit-swap]
                      held_out: 0
                      factp: {pool: 0}
                      synergy: {lamda: 1}
                    """))
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER))
        .hasMessage(
            """
            s.yaml:6:13: prune.held_out: is 0, but circuit-swap needs prompts held out, expected more than 0
            s.yaml:7:17: prune.factp.pool: is '0', expected a whole number from 1 to 999999999, or all
            s.yaml:8:13: prune.synergy.lamda: is no known key, expected one of lambda, boundary_percent, boundary_cap, partners, partners_per_candidate, seed (did you mean 'lambda'?)\
            """);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          methods: [circuit-swap]|4:18: prune.methods: has circuit-swap alone, expected a method beside it, such as fap
          methods: [circut-swap]|4:19: prune.methods: 'circut-swap' is not known
          methods: [fap-synergi]|(did you mean 'fap-synergy'?)
          held_out: 0.5|4:19: prune.held_out: is '0.5', expected a number from 0 to less than 0.5
          held_out: -0.1|4:19: prune.held_out: is '-0.1', expected a number from 0 to less than 0.5
          held_out: [0.1]|4:19: prune.held_out: is a list, expected a number from 0 to less than 0.5
          heldout: 0.1|4:9: prune.heldout: is no known key, expected one of methods, budgets
          heldout: 0.1|(did you mean 'held_out'?)
          synergy: 3|4:18: prune.synergy: is '3', expected keys: lambda, boundary_percent
          synergy: {lambda: -1}|4:27: prune.synergy.lambda: is '-1', expected a number of 0 or more
          synergy: {lambda: 1e999}|4:27: prune.synergy.lambda: is '1e999', expected a number of 0 or more
          synergy: {boundary_percent: 201}|prune.synergy.boundary_percent: is '201', expected a number from 0 to 200
          synergy: {boundary_cap: -1}|prune.synergy.boundary_cap: is '-1', expected a whole number from 0 to 2147483647
          synergy: {partners: 1.5}|prune.synergy.partners: is '1.5', expected a whole number
          synergy: {partners_per_candidate: x}|prune.synergy.partners_per_candidate: is 'x', expected a whole number
          synergy: {seed: -1}|prune.synergy.seed: is '-1', expected a whole number
          factp: {pool: al}|4:23: prune.factp.pool: is 'al', expected a whole number from 1 to 999999999, or all (did you mean 'all'?)
          factp: {pool: [1]}|prune.factp.pool: is a list, expected a whole number from 1 to 999999999, or all
          factp: {poll: 1}|prune.factp.poll: is no known key, expected one of pool (did you mean 'pool'?)
          swap: {rounds: -1}|prune.swap.rounds: is '-1', expected a whole number from 0 to 2147483647
          swap: {pool: 0}|prune.swap.pool: is '0', expected a whole number from 1 to 2147483647
          swap: {objective: kl}|4:27: prune.swap.objective: 'kl' is not known, expected one of kl_last, metric
          acdc: {tau: 0}|4:21: prune.acdc.tau: is '0', expected a number above 0, in nats
          acdc: {ratio: 1}|4:23: prune.acdc.ratio: is '1', expected a number above 1
          ig: {points: 0}|prune.ig.points: is '0', expected a whole number from 1 to 2147483647
          iterative: {rounds: 0}|prune.iterative.rounds: is '0', expected a whole number from 1 to 2147483647
          """)
  void saysWhereAndWhatIsWrong(String written, String expected) {
    assertThatThrownBy(() -> parse("prune: {" + written + "}\n"))
        .hasMessageContaining(expected)
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.USER));
  }

  private CampaignSpec parse(String prune) {
    return SpecReader.parse(START + prune, folder, "s.yaml");
  }

  private static CampaignSpec copy(CampaignSpec spec) {
    return SpecReader.parse(SpecDocument.write(spec), Path.of("/elsewhere"), "copy");
  }
}
