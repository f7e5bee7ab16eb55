package dev.piecrust.prune;

import ai.djl.Device;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.transcoder.Transcoder;
import java.util.Locale;

/**
 * Memory that a prune needs at its peak, in bytes. Decoders are not part of it: they stay on disk,
 * and the pages of theirs that are mapped can be taken back by the system at any time.
 *
 * @param model the model's weights, in f32
 * @param encoders the transcoder's encoders, in f32
 * @param working what one batch of prompts needs beside them
 * @param program the Java machine, its heap and the engine
 */
public record PruneMemory(long model, long encoders, long working, long program) {
  private static final int F32 = 4;

  /** Measured: an idle program with the engine started, and the heap that a batch's lists take. */
  private static final long PROGRAM = 450L << 20;

  /**
   * The estimate for a batch.
   *
   * @param prompts scored together
   * @param tokens of the longest prompt
   * @param sets keep sets of one prompt and method that are measured together, as many as there are
   *     budgets and seeds
   */
  public static PruneMemory estimate(SubjectShape shape, int prompts, int tokens, int sets) {
    long encoders = (long) shape.layers() * shape.features() * (shape.width() + 2);
    return new PruneMemory(
        F32 * shape.parameters(), F32 * encoders, working(shape, prompts, tokens, sets), PROGRAM);
  }

  private static long working(SubjectShape shape, int prompts, int tokens, int wanted) {
    long rows = (long) prompts * tokens;
    long stream = (long) F32 * shape.layers() * shape.width(); // of one token in all layers
    long trace = rows * (3 * stream + (long) F32 * shape.layers() * shape.heads() * tokens);
    long finding = pass(shape, rows, tokens) + Transcoder.activationBytes(rows, shape.features());
    long scoring = 2 * rows * stream; // gradients, here and in Java
    long logits = (long) tokens * shape.vocabulary();
    long sets = Math.min(wanted, ForwardSize.variants(2 * tokens, logits));
    long measuring =
        sets * (4L * tokens * stream + 5L * F32 * logits) + pass(shape, 2L * sets * tokens, tokens);
    return trace + Math.max(finding, Math.max(scoring, measuring));
  }

  /** What a pass over so many tokens holds while it is in one layer. */
  private static long pass(SubjectShape shape, long rows, int tokens) {
    return (long) F32
        * rows
        * (5L * shape.inner() + 8L * shape.width() + 3L * shape.heads() * tokens);
  }

  /** The whole peak. */
  public long total() {
    return model + encoders + working + program;
  }

  /** What has to be taken in addition to what a running program holds already. */
  public long additional() {
    return model + encoders + working;
  }

  /**
   * The most prompts, up to {@code wanted}, whose batch fits; where not even one does, a resources
   * failure with the numbers.
   */
  public static int promptsThatFit(
      SubjectShape shape, int wanted, int tokens, int sets, Device device, FreeMemory memory) {
    long free = memory.bytes(device);
    int prompts = wanted;
    while (prompts > 1 && estimate(shape, prompts, tokens, sets).additional() > free) {
      prompts = (prompts + 1) / 2;
    }
    PruneMemory need = estimate(shape, prompts, tokens, sets);
    if (need.additional() > free) {
      throw PieCrustException.resources(
          "one prompt of %d tokens needs %s, and %s has %s free", tokens, need, device, gib(free));
    }
    return prompts;
  }

  /** For people: the sum and its parts. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s of memory (model %s, encoders %s, one batch %s, program %s)",
        gib(total()),
        gib(model),
        gib(encoders),
        gib(working),
        gib(program));
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
  }
}
