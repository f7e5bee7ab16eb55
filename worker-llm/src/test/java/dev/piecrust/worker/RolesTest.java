package dev.piecrust.worker;

import static dev.piecrust.worker.DemoUnit.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.campaign.LlmProviderKind;
import dev.piecrust.campaign.LlmRole;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.feature.SteeredText;
import dev.piecrust.ledger.CallContext;
import dev.piecrust.ledger.Campaigns;
import dev.piecrust.lexical.LexicalProvider;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each stage asks the model of its role. */
final class RolesTest {
  @TempDir private Path folder;

  @Test
  void haveTheirOwnModels() {
    ScriptedDesk desk =
        new ScriptedDesk(request -> ScriptedDesk.reply(new LexicalProvider().ask(request).text()));
    LlmSpec small = LlmSpec.of(LlmProviderKind.OPENAI, "small");
    LlmSpec roles = large(Map.of(LlmRole.WRITE, LlmSpec.lexical(), LlmRole.RATE, small));
    TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    try (DemoUnit demo = new DemoUnit(folder, DemoUnit.steering(), roles, Campaigns.cap("1"))) {
      demo.putEvidence(DemoUnit.evidence());
      demo.put(
          FeatureStages.STEER,
          SteeredText.class,
          List.of(new SteeredText(0, "Then", " it rained"), new SteeredText(9, "Then", " Mary")));
      temporal.registerActivitiesImplementations(new LlmWorker(desk, demo.stores, demo.artifacts));
      LlmActivities worker = temporal.newActivityStub(LlmActivities.class);
      assertThat(worker.explain(UNIT)).isEqualTo(LlmStep.done());
      assertThat(worker.writeTexts(UNIT)).isEqualTo(LlmStep.done());
      assertThat(worker.rateSamples(UNIT)).isEqualTo(LlmStep.done());
      assertThat(worker.rateSteered(UNIT)).isEqualTo(LlmStep.done());
      assertThat(desk.contexts)
          .extracting(CallContext::stage, context -> context.llm().model())
          .containsExactly(
              tuple(FeatureStages.EXPLAIN, "large"),
              tuple(FeatureStages.WRITE, "lexical"),
              tuple(FeatureStages.RATE, "small"),
              tuple(FeatureStages.RATE_STEERED, "small"));
      assertThat(desk.contexts).allMatch(context -> context.llm().roles().isEmpty());
      assertThat(desk.asked.get(0).model()).isEqualTo("large");
      assertThat(demo.stores.features().explanation("demo", UNIT.feature()).orElseThrow().model())
          .isEqualTo("large");
    } finally {
      temporal.close();
    }
  }

  private static LlmSpec large(Map<LlmRole, LlmSpec> roles) {
    return LlmSpec.of(LlmProviderKind.OPENAI, "large").with(roles);
  }
}
