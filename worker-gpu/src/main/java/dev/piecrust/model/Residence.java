package dev.piecrust.model;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.input.Quote;
import java.util.Locale;
import java.util.Optional;

/** Where the matrices of layers, a model's and a transcoder's encoders, are between their uses. */
public enum Residence {
  /** In memory, in f32. */
  MEMORY,
  /**
   * On disk: those of one layer are read, and turned into f32, each time that it is computed. It
   * takes the memory of one layer, and the time of reading all of them in every pass. Gradients
   * through the real model ({@code circuit-greedy}) hold all layers even so.
   */
  DISK;

  /** The environment variable of the choice; not set, or empty, means {@link #MEMORY}. */
  public static final String VARIABLE = "PIECRUST_WEIGHTS";

  /** That which the environment chooses; a user error where it names another. */
  public static Residence ofThisProcess() {
    return of(Optional.ofNullable(System.getenv(VARIABLE)).orElse(""));
  }

  static Residence of(String wish) {
    return switch (wish.strip().toLowerCase(Locale.ROOT)) {
      case "", "memory" -> MEMORY;
      case "disk" -> DISK;
      default -> throw user("%s is '%s', expected memory or disk", VARIABLE, Quote.of(wish));
    };
  }

  /** Of so many layers, those that are held at once. */
  public int held(int layers) {
    return this == DISK ? 1 : layers;
  }
}
