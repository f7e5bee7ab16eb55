package dev.piecrust.prune.load;

import ai.djl.Device;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.Residence;
import dev.piecrust.prune.ForwardSize;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.transcoder.Transcoder;
import java.util.Locale;
import java.util.Optional;

/**
 * Memory that a prune needs at its peak, in bytes. Decoders are not part of it: they stay on disk,
 * and the pages of theirs that are mapped can be taken back by the system at any time.
 *
 * @param model those of the model's weights that are held at once, in f32
 * @param encoders those of the transcoder's encoders that are, and linear parts, in f32
 * @param working what one batch of prompts needs beside them
 * @param program the Java machine, its heap and the engine
 */
public record PruneMemory(long model, long encoders, long working, long program) {
  private static final long F32 = 4;

  /** Measured: a program with the engine started, and the heap that a batch's lists take. */
  private static final long PROGRAM = 450L << 20;

  /** The estimate for one batch. */
  public static PruneMemory estimate(SubjectShape shape, PruneLoad load, Residence residence) {
    int held = residence.held(shape.layers());
    long encoders =
        (long) held * shape.features() * shape.width()
            + 2L * shape.layers() * shape.features()
            + (long) shape.linearLayers() * shape.width() * shape.width();
    long model = shape.parameters() - (shape.layers() - held) * shape.layerParameters();
    return new PruneMemory(F32 * model, F32 * encoders, working(shape, load), PROGRAM);
  }

  private static long working(SubjectShape shape, PruneLoad load) {
    long rows = (long) load.prompts() * load.tokens();
    long patterns = F32 * shape.layers() * shape.heads() * load.tokens();
    long trace = rows * (3 * stream(shape) + patterns);
    long finding = pass(shape, rows, load) + Transcoder.activationBytes(rows, shape.features());
    long scoring = 2 * rows * stream(shape); // gradients, here and in Java
    long stages = Math.max(Math.max(finding, scoring), measuring(shape, load));
    return trace + Math.max(stages, load.choosing() ? choosing(shape, load) : 0);
  }

  /** Keep sets and their complements, with the logits of all positions. */
  private static long measuring(SubjectShape shape, PruneLoad load) {
    long logits = (long) load.tokens() * shape.vocabulary();
    long sets = Math.min(load.sets(), ForwardSize.variants(2 * load.tokens(), logits));
    return sets * (4L * load.tokens() * stream(shape) + 5 * F32 * logits)
        + pass(shape, 2 * sets * load.tokens(), load);
  }

  /** Variants of a prompt, with the logits of the last position. */
  private static long choosing(SubjectShape shape, PruneLoad load) {
    long variants = ForwardSize.variants(load.tokens(), shape.vocabulary());
    return variants * (load.tokens() * stream(shape) + 5 * F32 * shape.vocabulary())
        + pass(shape, variants * load.tokens(), load);
  }

  /** One token's residual stream in all layers. */
  private static long stream(SubjectShape shape) {
    return F32 * shape.layers() * shape.width();
  }

  /** What a pass over so many tokens holds while it is in one layer. */
  private static long pass(SubjectShape shape, long rows, PruneLoad load) {
    long patterns = 3L * shape.heads() * load.tokens();
    return F32 * rows * (5L * shape.inner() + 8L * shape.width() + patterns);
  }

  /** The whole peak. */
  public long total() {
    return model + encoders + working + program;
  }

  /** Refuses, with the numbers and before anything is loaded, what would not fit. */
  public static void requireRoom(
      SubjectShape shape, PruneLoad load, Device device, FreeMemory memory, Residence residence) {
    Optional<String> shortage = shortage(shape, load, device, memory, residence);
    if (shortage.isPresent()) {
      throw PieCrustException.resources("%s", shortage.get());
    }
  }

  /** Why a load would not fit, with the numbers; empty where it does. */
  public static Optional<String> shortage(
      SubjectShape shape, PruneLoad load, Device device, FreeMemory memory, Residence residence) {
    PruneMemory need = estimate(shape, load, residence);
    long free = memory.bytes(device);
    if (need.beside() <= free) {
      return Optional.empty();
    }
    PruneMemory least = estimate(shape, load, Residence.DISK);
    return Optional.of(
        "%s %s, and %s has %s free%s"
            .formatted(
                needs(load),
                need,
                DeviceChoice.name(device),
                gib(free),
                least.beside() > free || residence == Residence.DISK
                    ? ""
                    : "; with %s=disk a layer at a time is read from disk, slowly, and %s are enough"
                        .formatted(Residence.VARIABLE, gib(least.total()))));
  }

  /** What a device must have free: the program has its own already. */
  private long beside() {
    return model + encoders + working;
  }

  private static String needs(PruneLoad load) {
    return load.prompts() == 1
        ? "one prompt of %d tokens needs".formatted(load.tokens())
        : "batches of %d prompts of %d tokens need".formatted(load.prompts(), load.tokens());
  }

  /**
   * The most prompts, up to those of the load, whose batch fits beside a loaded subject; where not
   * even one does, a resources failure with the numbers.
   */
  public static int promptsThatFit(
      SubjectShape shape, PruneLoad load, Device device, FreeMemory memory) {
    long free = memory.bytes(device);
    int prompts = load.prompts();
    while (prompts > 1 && working(shape, load.withPrompts(prompts)) > free) {
      prompts = (prompts + 1) / 2;
    }
    long need = working(shape, load.withPrompts(prompts));
    if (need > free) {
      throw PieCrustException.resources(
          "one prompt of %d tokens needs %s of memory beside the subject, and %s has %s free",
          load.tokens(), gib(need), DeviceChoice.name(device), gib(free));
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
