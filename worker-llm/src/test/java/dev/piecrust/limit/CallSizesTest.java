package dev.piecrust.limit;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.piecrust.campaign.CorpusSpec;
import dev.piecrust.campaign.EvaluateSpec;
import dev.piecrust.campaign.EvidenceSpec;
import dev.piecrust.campaign.FadePreset;
import dev.piecrust.campaign.FeatureRule;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.Method;
import dev.piecrust.estimate.CallSizes;
import dev.piecrust.explain.ExplainPrompt;
import dev.piecrust.fade.RatePrompt;
import dev.piecrust.fade.WritePrompt;
import dev.piecrust.feature.Evidence;
import dev.piecrust.feature.Example;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.Stratum;
import dev.piecrust.ledger.Campaigns;
import dev.piecrust.llm.LlmRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The estimate's figures are those of the prompts' messages, to a twentieth; the schema, which most
 * endpoints do not count, is left out.
 */
class CallSizesTest {
  private static final Encoding O200K =
      Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
  private static final LlmSpec LLM = Campaigns.openAi(Optional.empty());
  private static final EvaluateSpec FULL = EvaluateSpec.of(FadePreset.FULL);

  @Test
  void describing() {
    Example example = new Example(0, Stratum.TOP, List.of(" a"), List.of(1f));
    Evidence evidence = new Evidence(new FeatureId(0, 1), 1, List.of(1f), List.of(example));
    InterpretSpec spec =
        new InterpretSpec(
            new FeatureRule(Method.FAP, 50, 1, 10),
            new CorpusSpec(Optional.of("corpus.jsonl"), Optional.empty(), 100, 48),
            EvidenceSpec.defaults(),
            LLM,
            Optional.empty());
    isHeldTo(CallSizes.DESCRIBE_OVERHEAD, ExplainPrompt.ask(evidence, spec).request());
  }

  @Test
  void writing() {
    isHeldTo(CallSizes.WRITE_OVERHEAD, WritePrompt.asks("x", FULL, LLM).get(0).request());
  }

  @Test
  void rating() {
    isHeldTo(CallSizes.RATE_OVERHEAD, RatePrompt.asks("x", List.of("y"), 15, LLM).get(0).request());
  }

  private static void isHeldTo(int figure, LlmRequest request) {
    long form = 3 + 4L * request.messages().size();
    long counted =
        form
            + request.messages().stream().mapToLong(m -> O200K.countTokensOrdinary(m.text())).sum();
    assertThat(counted).isBetween(figure * 95L / 100, figure * 105L / 100);
  }
}
