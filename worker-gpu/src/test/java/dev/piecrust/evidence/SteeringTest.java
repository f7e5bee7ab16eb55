package dev.piecrust.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.feature.SteeredText;
import dev.piecrust.model.Continuation;
import dev.piecrust.model.Models;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Transformer;
import dev.piecrust.prune.ToySubject;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.transcoder.Transcoder;
import dev.piecrust.transcoder.Transcoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steering, on the toy by hand and on the demo model. */
class SteeringTest {
  private static final Path DEMO = Path.of("..", "demo");
  private static final FeatureId FIRST = new FeatureId(0, 0);
  private static final List<String> TEXTS =
      List.of(
          "When Lucy and Tom met at the church, Tom handed the book to",
          "The bird says tweet.",
          "def run(self, path, field, result, size):\n"
              + "    \"\"\"Sort the record\n\n"
              + "    :param path:",
          "Then Frank and Grace had lunch near the office, and Grace");

  @TempDir Path folder;

  /**
   * Feature 0 of layer 0 writes (1, 0) into layer 0 and (½, 0) into layer 1. Token 1 embeds as (2,
   * 1); with a strength s, x[1] = (4 + s, 2), y[1] = (relu(4 + s) + s/2, 0), and the logits are (0,
   * 4 + s + relu(4 + s) + s/2, 2).
   */
  @Test
  void shiftsTheLogitsOfTheToyAsWorkedOutByHand() throws IOException {
    float[] strengths = {0, 2, -10};
    try (ToySubject toy = new ToySubject(folder)) {
      List<NDArray> patch = new SteeringPatch(toy.transcoder, FIRST).of(toy.manager, strengths);
      TokenBatch prompts =
          new TokenBatch(List.of(new int[] {0, 1}, new int[] {0, 1}, new int[] {0, 1}));
      try (Continuation continuation = toy.model.begin(toy.manager, prompts, patch)) {
        assertThat(toy.model.unembed(continuation.hidden()).toFloatArray())
            .containsExactly(0, 8, 2, 0, 13, 2, 0, -11, 2);
        continuation.read(new int[] {2, 2, 2}); // embeds as (0, 3)
        assertThat(toy.model.unembed(continuation.hidden()).toFloatArray())
            .containsExactly(0, 0, 6, 0, 5, 6, 0, -15, 6);
      }
    }
  }

  @Test
  void aStrongFeatureWritesItsOwnToken() throws IOException {
    try (ToySubject toy = new ToySubject(folder)) {
      List<SteeredText> steered =
          new Steering(toy.model, toy.transcoder)
              .steer(
                  toy.manager,
                  List.of("two", ""),
                  new Steering.Plan(FIRST, 2, List.of(50.0), 3, 0),
                  done -> {});
      // The empty text gives nothing to continue.
      assertThat(steered).containsExactly(new SteeredText(50, "two", " one one one"));
    }
  }

  @Test
  void aContinuationDependsOnNothingThatIsDoneBesideIt() {
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(DEMO.resolve("model"), manager);
        Transcoder clt = Transcoders.load(DEMO.resolve("clt"), manager, 4, 128)) {
      Steering.Plan plan =
          new Steering.Plan(new FeatureId(1, 40), 2, List.of(-10.0, 0.0, 10.0), 12, 7);
      List<SteeredText> together = new Steering(model, clt).steer(manager, TEXTS, plan, n -> {});
      assertThat(together).hasSize(12);
      assertThat(new Steering(model, clt, 5).steer(manager, TEXTS, plan, n -> {}))
          .isEqualTo(together);
      assertThat(new Steering(model, clt, 1).steer(manager, TEXTS, plan, n -> {}))
          .isEqualTo(together);
      Steering.Plan other = new Steering.Plan(plan.feature(), 2, plan.factors(), 12, 8);
      assertThat(new Steering(model, clt).steer(manager, TEXTS, other, n -> {}))
          .isNotEqualTo(together);
      assertThat(together.get(0).prompt()).isEqualTo("When Lucy and Tom met at the church, Tom");
    }
  }

  @Test
  void factorZeroIsTheModelAsItIs() {
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(DEMO.resolve("model"), manager);
        Transcoder clt = Transcoders.load(DEMO.resolve("clt"), manager, 4, 128)) {
      List<Double> factors = List.of(0.0, 1.0);
      FeatureId feature = new FeatureId(2, 11);
      List<String> strong = zeros(steer(manager, model, clt, feature, 90, factors));
      List<String> never = zeros(steer(manager, model, clt, feature, 0, factors));
      assertThat(strong).hasSize(TEXTS.size()).isEqualTo(never);
      int[] prompt = model.tokenizer().encode(TEXTS.get(1));
      TokenBatch batch = new TokenBatch(List.of(prompt));
      List<NDArray> patch = new SteeringPatch(clt, feature).of(manager, new float[] {0});
      try (Continuation steered = model.begin(manager, batch, patch);
          Continuation plain = model.begin(manager, batch, List.of())) {
        assertThat(steered.hidden().toFloatArray()).isEqualTo(plain.hidden().toFloatArray());
      }
    }
  }

  private static List<SteeredText> steer(
      NDManager manager,
      Transformer model,
      Transcoder clt,
      FeatureId feature,
      double maximum,
      List<Double> factors) {
    Steering.Plan plan = new Steering.Plan(feature, maximum, factors, 10, 3);
    return new Steering(model, clt).steer(manager, TEXTS, plan, n -> {});
  }

  private static List<String> zeros(List<SteeredText> texts) {
    return texts.stream().filter(t -> t.factor() == 0).map(SteeredText::continuation).toList();
  }

  @Test
  void holdsNothingAfterwardsAndSaysHowFarItIs() {
    try (NDManager manager = TensorRuntime.start().newManager();
        Transformer model = Models.load(DEMO.resolve("model"), manager);
        Transcoder clt = Transcoders.load(DEMO.resolve("clt"), manager, 4, 128);
        NDManager unit = manager.newSubManager()) {
      List<Integer> beats = new ArrayList<>();
      Steering.Plan plan = new Steering.Plan(FIRST, 1, List.of(0.0, 1.0), 3, 0);
      new Steering(model, clt, 2).steer(unit, TEXTS.subList(2, 4), plan, beats::add);
      assertThat(unit.getManagedArrays()).isEmpty();
      assertThat(beats).containsExactly(0, 0, 0, 2, 2, 2);
    }
  }
}
