package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.piecrust.key.FormField;
import dev.piecrust.key.Key;
import dev.piecrust.key.Labelled;
import dev.piecrust.key.RecordKeys;
import java.util.Objects;
import java.util.Optional;

/** How a campaign trains the transcoder that it studies (docs/training.md). */
public record TrainSpec(
    @FormField(
            value = "Texts",
            wide = true,
            help = "JSON lines, comma-separated values or plain text")
        @Key(
            value =
                "Texts that the model reads: JSON lines with a text each, comma-separated values"
                    + " with a column text, or plain text with one a line; .gz is unpacked.",
            expected = "the path of a file",
            place = Key.Place.FILE,
            required = true)
        String corpus,
    @FormField(value = "Features write into")
        @Key(
            value = "Whether features write into all layers from their own on, or into theirs.",
            usual = "cross_layer")
        Kind kind,
    @FormField(value = "Which act")
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
    @FormField(value = "Encoders read")
        @Key(value = "Where encoders read.", usual = "hook_resid_mid")
        Hook hook,
    @FormField(value = "Features a layer", help = "empty for 4 times the model's width")
        @Key(
            value = "Features a layer.",
            in = "[2, 10000000]",
            otherwise = "4 times the model's width")
        Optional<Integer> features,
    @FormField(value = "Active features", help = "of a token and layer, in the mean")
        @Key(
            value = "Active features of a token and layer, in the mean.",
            in = "[1, 100000]",
            usual = "" + TrainSpec.USUAL_L0)
        int l0,
    @FormField(value = "Steps") @Key(value = "Steps.", in = "[1, 10000000]", usual = "1000")
        int steps,
    @FormField(value = "Tokens of a step")
        @Key(value = "Tokens of a step.", in = "[2, 1000000]", usual = "1024")
        int batch,
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
    @FormField(value = "Learning rate")
        @Key(value = "The highest learning rate.", in = "(0, 1)", usual = "0.002")
        double learningRate,
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
        double heldOut,
    @FormField(value = "Keep activations in")
        @Key(
            value =
                "Where what the model's layers read and write is kept: a few steps of it in memory,"
                    + " or all of it on a disk, where later passes over the text and other"
                    + " trainings on the same model, text and hook find it.",
            usual = "memory",
            omitUsual = true)
        Activations activations,
    @FormField(value = "Patience", help = "checkpoints without a better result after which it ends")
        @Key(
            value =
                "Checkpoints in a row without a better unexplained variance after which the"
                    + " training ends.",
            in = "[1, 1000000]",
            otherwise = "it goes through all steps",
            omitUsual = true)
        Optional<Integer> patience,
    @Key(
            value =
                "What is computed in; narrower numbers lose the small steps that weights are moved"
                    + " by, and wider ones take twice the memory and the time.",
            usual = "f32",
            omitUsual = true)
        Dtype dtype) {
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

  /** Where activations are kept. */
  public enum Activations implements Labelled {
    /** A few steps at a time. */
    MEMORY("memory"),
    /** All of them. */
    DISK("disk");

    private final String label;

    Activations(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  /** Types of the numbers of a training. */
  public enum Dtype implements Labelled {
    /** IEEE single precision. */
    F32("f32");

    private final String label;

    Dtype(String label) {
      this.label = label;
    }

    /** The name in specs. */
    @Override
    @JsonValue
    public String label() {
      return label;
    }
  }

  public TrainSpec {
    activations = Objects.requireNonNullElse(activations, Activations.MEMORY); // older know none
    patience = Objects.requireNonNullElse(patience, Optional.empty());
    dtype = Objects.requireNonNullElse(dtype, Dtype.F32);
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
        heldOut,
        activations,
        patience,
        dtype);
    if (features.filter(all -> all <= l0).isPresent()) {
      throw user(
          "train.l0 is %d of %d features, expected fewer than train.features", l0, features.get());
    }
  }

  /** One that keeps its activations in memory and goes through all steps. */
  public TrainSpec(
      String corpus,
      Kind kind,
      Activation activation,
      Penalty penalty,
      boolean skip,
      Hook hook,
      Optional<Integer> features,
      int l0,
      int steps,
      int batch,
      int context,
      int windows,
      double learningRate,
      double warmUp,
      long seed,
      int checkpoint,
      double heldOut) {
    this(
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
        heldOut,
        Activations.MEMORY,
        Optional.empty(),
        Dtype.F32);
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
