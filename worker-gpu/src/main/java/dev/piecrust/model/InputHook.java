package dev.piecrust.model;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where the encoders of a transcoder read, each a function of {@code resid_mid}. */
public enum InputHook {
  /** The residual stream after attention. */
  RESID_MID("hook_resid_mid"),
  /** That stream over its root mean square, before the gain of the MLP's norm. */
  LN2_NORMALIZED("ln2.hook_normalized"),
  /** What the MLP's norm gives, with its gain. */
  MLP_IN("mlp.hook_in");

  private final String label;

  InputHook(String label) {
    this.label = label;
  }

  /** The name of its kind in a config, which may have the block's in front of it. */
  public static Optional<InputHook> labelled(String text) {
    return Arrays.stream(values())
        .filter(hook -> text.equals(hook.label) || text.endsWith("." + hook.label))
        .findFirst();
  }

  /** Its name. */
  public String label() {
    return label;
  }

  /** The names, for messages. */
  public static String labels() {
    return Arrays.stream(values()).map(InputHook::label).collect(Collectors.joining(", "));
  }
}
