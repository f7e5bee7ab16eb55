package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.campaign.AcdcSpec;
import dev.piecrust.campaign.FactpSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.campaign.MethodSettings;
import dev.piecrust.campaign.PruneSpec;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The units of a home of release 0.6.0 are found again: these are the keys that it wrote. */
final class UnitKeysTest {
  private static final ArtifactRef FIRST = new ArtifactRef("ab".repeat(32), 1);
  private static final ArtifactRef SECOND = new ArtifactRef("cd".repeat(32), 1);

  private static final UnitKeys KEYS = new UnitKeys("f1", spec(Method.FAP_SWAP, false));

  @Test
  void areThoseOfRelease060() {
    assertThat(KEYS.score(List.of(), 3))
        .isEqualTo("5b51f221fd999845022b11a3ce9fcfbb8a4bb19539997b375d46125e79f70121");
    assertThat(KEYS.rerank(FIRST))
        .isEqualTo("5e19ae31db6abc8e77b2b40dc5fb67aa22e9a85195ad1032917a5be9599d6dc3");
    assertThat(KEYS.fidelity(List.of(FIRST), "ioi"))
        .isEqualTo("8f9d2777bf5ae86d66ee240aae5dc19aa049b4f9ed16e028418984f81bbae5c5");
    assertThat(KEYS.task("features", List.of(FIRST), new PruneBatch("c", "ioi", 0, 20, FIRST)))
        .isEqualTo("0ff59a2546cf1408efaad4cd9d03d1617077fe2444612be5b973d1efd83951e3");
    assertThat(KEYS.heldOut(FIRST, SECOND, Optional.empty()))
        .isEqualTo("96d3b67a7f9cf7df580b9fef40abcaa7b52704eecb314493e94e1e3ea2b73c9f");
  }

  @Test
  void ofSynergyAreOthers() {
    UnitKeys synergy = new UnitKeys("f1", spec(Method.FAP_SYNERGY, false));
    assertThat(synergy.rerank(FIRST))
        .isNotEqualTo("77f1803eaeaef3e5832854c41fae4bece5d407b029fc45c3808763ef3e5cb148");
    assertThat(synergy.fidelity(List.of(FIRST), "ioi"))
        .isNotEqualTo("b996bea4f0557bf03cb8b89e58092843d051e943a4cfa43a012ecf28b492cd21");
  }

  @Test
  void ofCurvesHoldWhatTheyAreMeasuredOf() {
    UnitKeys curves = new UnitKeys("f1", spec(Method.FAP_SWAP, true));
    assertThat(curves.fidelity(List.of(FIRST), "ioi"))
        .isEqualTo(KEYS.fidelity(List.of(FIRST), "ioi"));
    assertThat(curves.heldOut(FIRST, SECOND, Optional.of(FIRST)))
        .isNotEqualTo(curves.heldOut(FIRST, SECOND, Optional.of(SECOND)))
        .isNotEqualTo(KEYS.heldOut(FIRST, SECOND, Optional.empty()));
  }

  private static PruneSpec spec(Method second, boolean curve) {
    MethodSettings usual = MethodSettings.defaults();
    return PruneSpec.defaults()
        .withCurve(curve)
        .withMethods(Method.FAP, second, Method.FACTP, Method.ACDC, Method.RANDOM)
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
