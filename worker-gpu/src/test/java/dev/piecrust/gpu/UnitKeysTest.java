package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.campaign.AcdcSpec;
import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PruneSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The units of a home of release 0.6.0 are found again: these are the keys that it wrote. */
final class UnitKeysTest {
  private static final ArtifactRef FIRST = new ArtifactRef("ab".repeat(32), 1);
  private static final ArtifactRef SECOND = new ArtifactRef("cd".repeat(32), 1);

  private static final UnitKeys KEYS = new UnitKeys("f1", spec());

  @Test
  void areThoseOfRelease060() {
    assertThat(KEYS.score(List.of(), 3))
        .isEqualTo("65fc4ad22b338330277498b084ce5c05b5751b8b1893bd464661e3e29866fcb2");
    assertThat(KEYS.rerank(FIRST))
        .isEqualTo("77f1803eaeaef3e5832854c41fae4bece5d407b029fc45c3808763ef3e5cb148");
    assertThat(KEYS.fidelity(List.of(FIRST), "ioi"))
        .isEqualTo("b996bea4f0557bf03cb8b89e58092843d051e943a4cfa43a012ecf28b492cd21");
    assertThat(KEYS.task("features", List.of(FIRST), "ioi", 20))
        .isEqualTo("db52bd7d4e1101a7fc1d90e45a263793e89ce6cb7e0595095cf4a903d5293c36");
    assertThat(KEYS.heldOut(FIRST, SECOND))
        .isEqualTo("96d3b67a7f9cf7df580b9fef40abcaa7b52704eecb314493e94e1e3ea2b73c9f");
  }

  private static PruneSpec spec() {
    MethodSettings usual = MethodSettings.defaults();
    return PruneSpec.defaults()
        .withMethods(Method.FAP, Method.FAP_SYNERGY, Method.FACTP, Method.ACDC, Method.RANDOM)
        .withBudgets(50, 100)
        .withSettings(
            new MethodSettings(
                usual.synergy(),
                new FactpSpec(FactpSpec.ALL),
                usual.swap(),
                new AcdcSpec(0.002, 4),
                usual.igPoints(),
                usual.iterativeRounds()));
  }
}
