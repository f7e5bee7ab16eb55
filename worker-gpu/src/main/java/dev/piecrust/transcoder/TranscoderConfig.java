package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.HubFileRef;
import dev.piecrust.input.InputFile;
import dev.piecrust.input.InputYaml;
import dev.piecrust.input.Quote;
import dev.piecrust.model.InputHook;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The {@code config.yaml} of a transcoder folder (docs/method.md §3).
 *
 * @param kind what features write to
 * @param modelName the model it was trained for, as its authors call it; empty where the file is
 *     silent
 * @param hook where its encoders read
 * @param most by TopK in each layer, how many features of a token are active at most
 * @param joint TopK over all layers together, where it is that
 * @param files the file of each layer where the config lists them; else empty
 * @param selfTest what a self-test found, where the config says so
 */
public record TranscoderConfig(
    TranscoderKind kind,
    String modelName,
    InputHook hook,
    OptionalInt most,
    Optional<JointTopK> joint,
    List<ListedFile> files,
    Optional<ExpectedFit> selfTest) {
  /** Both are what the MLP adds to the residual stream, after its post-norm where it has one. */
  static final List<String> OUTPUT_HOOKS = List.of("hook_mlp_out", "mlp.hook_out");

  private static final String HUB_FILE = "hf://[^?]+\\.(safetensors|npz)(\\?.*)?";

  public TranscoderConfig {
    files = List.copyOf(files);
  }

  /** Reads and checks {@code config.yaml} in a transcoder's folder. */
  public static TranscoderConfig read(Path folder) {
    Path file = folder.resolve("config.yaml");
    if (!Files.isRegularFile(file)) {
      throw user("%s: there is no such file, expected the config.yaml of a transcoder", file);
    }
    String expected = "keys and values such as 'model_kind: transcoder_set'";
    String yaml = new InputFile(file, file.toString(), expected).text(InputFile.SMALL);
    Object found = new InputYaml(file.toString(), expected).load(yaml);
    if (!(found instanceof Map<?, ?> values)) {
      throw user(
          "%s: is %s, expected %s", file, found == null ? "empty" : Quote.value(found), expected);
    }
    TranscoderKind kind = kind(file, values.get("model_kind"));
    InputHook hook = inputHook(file, values.get("feature_input_hook"));
    checkOutputHook(file, values.get("feature_output_hook"));
    Object name = values.get("model_name");
    OptionalInt most = most(file, values);
    boolean joint = most.isPresent() && choice(file, values, "k_over", "layer", "all_layers");
    boolean byNorm = choice(file, values, "k_rank", "activation", "decoder_norm");
    return new TranscoderConfig(
        kind,
        name instanceof String text ? text : "",
        hook,
        joint ? OptionalInt.empty() : most,
        joint ? Optional.of(new JointTopK(most.getAsInt(), byNorm)) : Optional.empty(),
        files(file, values.get("transcoders")),
        selfTest(file, values.get("self_test")));
  }

  private static Optional<ExpectedFit> selfTest(Path file, @Nullable Object selfTest) {
    if (selfTest == null) {
      return Optional.empty();
    }
    if (selfTest instanceof Map<?, ?> found
        && found.get("active") instanceof Number active
        && active.doubleValue() > 0) {
      OptionalDouble unexplained =
          found.get("unexplained") instanceof Number share
              ? OptionalDouble.of(share.doubleValue())
              : OptionalDouble.empty();
      return Optional.of(new ExpectedFit(OptionalDouble.of(active.doubleValue()), unexplained));
    }
    throw user(
        "%s: self_test is %s, expected keys, and a number above 0 as active",
        file, shown(selfTest));
  }

  private static TranscoderKind kind(Path file, @Nullable Object found) {
    return Optional.ofNullable(found)
        .filter(String.class::isInstance)
        .flatMap(label -> TranscoderKind.labelled(label.toString()))
        .orElseThrow(
            () ->
                user(
                    "%s: model_kind is %s, expected %s",
                    file, shown(found), TranscoderKind.labels()));
  }

  private static InputHook inputHook(Path file, @Nullable Object found) {
    return Optional.ofNullable(found)
        .filter(String.class::isInstance)
        .flatMap(label -> InputHook.labelled(label.toString()))
        .orElseThrow(
            () ->
                user(
                    "%s: feature_input_hook is %s, expected one of %s",
                    file, shown(found), InputHook.labels()));
  }

  private static void checkOutputHook(Path file, @Nullable Object found) {
    // circuit-tracer writes hooks with or without the block's prefix.
    if (!(found instanceof String text) || OUTPUT_HOOKS.stream().noneMatch(text::endsWith)) {
      throw user(
          "%s: feature_output_hook is %s, expected %s",
          file, shown(found), String.join(" or ", OUTPUT_HOOKS));
    }
  }

  private static OptionalInt most(Path file, Map<?, ?> values) {
    Object activation = values.get("activation");
    if (activation == null
        || (activation instanceof String text && text.matches("(?i)relu|jump_?relu"))) {
      return OptionalInt.empty();
    }
    if (!(activation instanceof String text) || !text.matches("(?i)top_?k")) {
      throw user("%s: activation is %s, expected relu, jump_relu or topk", file, shown(activation));
    }
    if (!(values.get("k") instanceof Integer k) || k < 1) {
      throw user(
          "%s: k is %s, expected a whole number from 1 up, since activation is topk",
          file, shown(values.get("k")));
    }
    return OptionalInt.of(k);
  }

  /** Whether a key has the second of two values, and not the first, which is its default. */
  private static boolean choice(
      Path file, Map<?, ?> values, String key, String first, String second) {
    Object found = values.get(key);
    if (found != null && !found.equals(first) && !found.equals(second)) {
      throw user("%s: %s is %s, expected %s or %s", file, key, shown(found), first, second);
    }
    return second.equals(found);
  }

  private static List<ListedFile> files(Path file, @Nullable Object listed) {
    if (listed == null) {
      return List.of();
    }
    if (!(listed instanceof List<?> names)) {
      throw user("%s: transcoders is %s, expected a list of files", file, shown(listed));
    }
    return names.stream().map(name -> listed(file, name)).toList();
  }

  private static ListedFile listed(Path file, @Nullable Object name) {
    Optional<HubFileRef> elsewhere =
        name instanceof String text && text.matches(HUB_FILE)
            ? HubFileRef.find(text)
            : Optional.empty();
    if (elsewhere.isPresent()) {
      return new ListedFile(String.valueOf(name), elsewhere.get().local());
    }
    if (!(name instanceof String text)
        || !text.matches("[^/\\\\:\\p{Cntrl}]+\\.(safetensors|npz)")) {
      throw user(
          "%s: transcoders names %s, expected the name of a .safetensors or .npz file in the same"
              + " folder, or of one at the hub, hf://ORG/REPO/PATH",
          file, shown(name));
    }
    return new ListedFile(text, text);
  }

  /** Structures can be large: anchors make them so with few words. */
  private static String shown(@Nullable Object found) {
    return found instanceof String text ? Quote.of(text) : Quote.value(found);
  }
}
