package dev.piecrust.prune.method;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.PruneSpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelectorsTest {
  /** Workflows ask the method, the GPU worker asks the registry whether there is a rerank unit. */
  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"CIRCUIT_SWAP", "CIRCUIT_GREEDY"},
      mode = EnumSource.Mode.EXCLUDE)
  void everyMethodEitherScoresOrIsReranked(Method method) {
    PruneSpec spec = PruneSpec.defaults().withMethods(method);
    Selectors selectors = new Selectors(spec);
    assertThat(selectors.choosing().contains(method)).isEqualTo(method.reranked());
    assertThat(selectors.scored()).isNotEmpty();
    assertThat(selectors.scored())
        .allSatisfy(scored -> assertThat(ScoringMethods.runs(scored, spec)).isNotEmpty());
  }
}
