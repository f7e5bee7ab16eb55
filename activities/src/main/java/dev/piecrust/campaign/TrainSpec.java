package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.Key;
import dev.piecrust.key.Labelled;
import dev.piecrust.key.RecordKeys;
import java.util.Optional;

/** How a campaign trains the transcoder that it studies (docs/training.md). */
public record TrainSpec(
    @Key(
            value =
                "Texts that the model reads: JSON lines with a text each, comma-separated values"
                    + " with a column text, or plain text with one a line; .gz is unpacked.",
            expected = "the path of a file",
            place = Key.Place.FILE,
            required = true)
        String corpus,
    @Key(
            value = "Whether features write into all layers from their own on, or into theirs.",
            usual = "cross_layer")
        Kind kind,
    @Key(
            value =
                "Which features of a token act: the largest of a batch together (folded into"
                    + " JumpReLU thresholds at the end), the largest of each token, those above a"
                    + " threshold that is learned, or those above 0 under a penalty.",
            usual = "batchtopk")
        Activation activation,
    @Key(
            value =
                "What relu is penalised by: activations times decoder norms, or the tanh of that.",
            usual = "tanh")
        Penalty penalty,
    @Key(value = "Whether each layer has a linear part beside its features.", usual = "false")
        boolean skip,
    @Key(value = "Where encoders read.", usual = "hook_resid_mid") Hook hook,
    @Key(value = "Features a layer.", in = "[2, 10000000]", otherwise = "4 times the model's width")
        Optional<Integer> features,
    @Key(
            value = "Active features of a token and layer, in the mean.",
            in = "[1, 100000]",
            usual = "" + TrainSpec.USUAL_L0)
        int l0,
    @Key(value = "Steps.", in = "[1, 10000000]", usual = "1000") int steps,
    @Key(value = "Tokens of a step.", in = "[2, 1000000]", usual = "1024") int batch,
    @Key(
            value = "Tokens of a window; longer texts are cut into several.",
            in = "[2, ∞)",
            usual = "64")
        int context,
    @Key(
            value = "Windows that are read, from the beginning of the corpus.",
            in = "[2, ∞)",
            usual = "100000")
        int windows,
    @Key(value = "The highest learning rate.", in = "(0, 1)", usual = "0.002") double learningRate,
    @Key(
            value = "Share of the steps in which the rate rises; it falls along a cosine.",
            in = "[0, 1)",
            usual = "0.1")
        double warmUp,
    @Key(
            value = "Seed of the first weights and of the order of the text.",
            in = "[0, ∞)",
            usual = "0")
        long seed,
    @Key(
            value =
                "Steps from one checkpoint to the next, of which there are 2000 at most: what a"
                    + " kill loses.",
            in = "[1, ∞)",
            usual = "100")
        int checkpoint,
    @Key(
            value = "Share of the windows that training leaves out, for the evaluation.",
            in = "(0, 1)",
            usual = "0.05")
        double heldOut) {
  /** Active features of a token and layer, where a spec says nothing. */
  public static final int USUAL_L0 = 16;

  /** Each part leaves its marks in the campaign's history, which the server bounds. */
  private static final int MOST_PARTS = 2000;

  /** Into which layers a feature writes. */
  public enum Kind implements Labelled {
    /** All from its own on. */
    CROSS_LAYER("cross_layer"),
    /** Its own. */
    PER_LAYER("per_layer");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  /** Which features of a token act. */
  public enum Activation implements Labelled {
    /** Of each layer, the strongest of a batch (Bussmann et al. 2024). */
    BATCHTOPK("batchtopk"),
    /** Of each layer, the strongest of a token (Gao et al. 2024). */
    TOPK("topk"),
    /** Those above a threshold that is learned (Rajamanoharan et al. 2024). */
    JUMPRELU("jumprelu"),
    /** Those above 0, of which a penalty leaves few. */
    RELU("relu");

    private final String label;

    Activation(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  /** What keeps the features of {@code relu} few. */
  public enum Penalty implements Labelled {
    /** {@code Σ tanh(‖W_dec‖·a)}. */
    TANH("tanh"),
    /** {@code Σ ‖W_dec‖·a}. */
    L1("l1");

    private final String label;

    Penalty(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  /** Where encoders read. */
  public enum Hook implements Labelled {
    /** The residual stream after attention. */
    RESID_MID("hook_resid_mid"),
    /** That stream over its root mean square. */
    LN2_NORMALIZED("ln2.hook_normalized"),
    /** What the MLP's norm gives, with its gain. */
    MLP_IN("mlp.hook_in");

    private final String label;

    Hook(String label) {
      this.label = label;
    }

    /** The name in specs and in the config of a transcoder. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  public TrainSpec {
    RecordKeys.check(
        TrainSpec.class,
        "train",
        corpus,
        kind,
        activation,
        penalty,
        skip,
        hook,
        features,
        l0,
        steps,
        batch,
        context,
        windows,
        learningRate,
        warmUp,
        seed,
        checkpoint,
        heldOut);
    if (features.filter(all -> all <= l0).isPresent()) {
      throw user(
          "train.l0 is %d of %d features, expected fewer than train.features", l0, features.get());
    }
  }

  /** How many parts the training is done in, with a checkpoint after each. */
  public int parts() {
    return (steps + partSteps() - 1) / partSteps();
  }

  /** The step with which a part ends, from 1; 0 before the first. */
  public int end(int part) {
    return (int) Math.min(steps, (part + 1L) * partSteps());
  }

  private int partSteps() {
    return Math.min(steps, Math.max(checkpoint, (steps + MOST_PARTS - 1) / MOST_PARTS));
  }
}
