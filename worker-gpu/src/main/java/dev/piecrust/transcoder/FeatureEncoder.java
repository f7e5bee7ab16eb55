package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.numeric;
import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Ops;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.HostArray;
import dev.piecrust.tensor.Parallel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * The encoders of a list of features, gathered from all layers: a batch costs what these features
 * cost, however many the transcoder has.
 */
public final class FeatureEncoder {
  /**
   * The features of one layer.
   *
   * @param ordinals in the list, [n]
   * @param encoder their rows; the whole layer where all its features decide which are active
   * @param columns of what the encoder gives, [n]
   * @param bounds what each must exceed, [n]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(
      int layer, int[] ordinals, EncoderLayer encoder, int[] columns, float[] bounds) {}

  private final List<FeatureId> features;
  private final List<Part> parts;
  private final Encoders encoders;

  private FeatureEncoder(List<FeatureId> features, List<Part> parts, Encoders encoders) {
    this.features = features;
    this.parts = parts;
    this.encoders = encoders;
  }

  /** Gathers rows into arrays that belong to {@code target}. */
  static FeatureEncoder of(NDManager target, Encoders encoders, List<FeatureId> features) {
    features.forEach(f -> requireThere(f, encoders));
    List<Part> parts = new ArrayList<>();
    for (int l = 0; l < encoders.size(); l++) {
      int layer = l;
      int[] ordinals =
          IntStream.range(0, features.size())
              .filter(i -> features.get(i).layer() == layer)
              .toArray();
      if (ordinals.length > 0) {
        int[] rows = Arrays.stream(ordinals).map(i -> features.get(i).index()).toArray();
        EncoderLayer all = encoders.get(l);
        parts.add(
            encoders.joint().isPresent() || all.most().isPresent()
                ? new Part(layer, ordinals, all, rows, bounds(all, rows))
                : part(target, l, ordinals, all, rows));
      }
    }
    return new FeatureEncoder(List.copyOf(features), parts, encoders);
  }

  private static void requireThere(FeatureId f, Encoders encoders) {
    if (f.layer() >= encoders.size() || f.index() >= encoders.features()) {
      throw user(
          "feature %d of layer %d is not in the transcoder, expected one of its %d layers of %d"
              + " features",
          f.index(), f.layer(), encoders.size(), encoders.features());
    }
  }

  private static Part part(
      NDManager target, int layer, int[] ordinals, EncoderLayer all, int[] rows) {
    EncoderLayer own = gathered(target, all, Arrays.stream(rows).asLongStream().toArray());
    return new Part(layer, ordinals, own, IntStream.range(0, rows.length).toArray(), own.bounds());
  }

  private static float[] bounds(EncoderLayer all, int[] rows) {
    float[] bounds = all.bounds();
    float[] own = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      own[i] = bounds[rows[i]];
    }
    return own;
  }

  private static EncoderLayer gathered(NDManager target, EncoderLayer all, long[] rows) {
    try (NDManager scope = target.newSubManager()) {
      NDArray ids = scope.create(rows);
      NDArray weight = Ops.embed(ids, all.rows().in(scope)); // [n, d]
      NDArray bias = column(ids, all.bias());
      Optional<NDArray> threshold = all.threshold().map(t -> column(ids, t));
      target.attachAll(weight, bias);
      threshold.ifPresent(t -> t.attach(target));
      return new EncoderLayer(
          EncoderRows.of(weight), bias, threshold, OptionalInt.empty(), Optional.empty());
    }
  }

  private static NDArray column(NDArray ids, NDArray all) {
    NDArray table = all.reshape(-1, 1); // [F, 1]
    table.attach(ids.getManager());
    return Ops.embed(ids, table).flatten().duplicate(); // [n]
  }

  /**
   * Where the features are active.
   *
   * @param trace of the prompts, padded at the right
   * @param counts per prompt, for each of its tokens whether it is looked at
   * @return per prompt, one entry for each feature that is active anywhere, by layer and then in
   *     the order of the list; a pre-activation that is not a number is a numeric failure
   */
  public List<List<FeatureHit>> hits(Transformer model, Trace trace, List<boolean[]> counts) {
    List<List<FeatureHit>> found = new ArrayList<>();
    counts.forEach(prompt -> found.add(new ArrayList<>()));
    NDArray some = trace.residMid().get(0); // [B, T, d]
    int positions = Math.toIntExact(some.getShape().get(1));
    try (NDManager batch = some.getManager().newSubManager()) {
      long rows = (long) counts.size() * positions;
      long step = (long) held(encoders.get(0), positions) * positions;
      Optional<NDArray> least = encoders.least(batch, model, trace, rows, step);
      for (Part part : parts) {
        try (NDManager scope = batch.newSubManager()) {
          NDArray x = encoders.input(scope, model, trace, part.layer());
          int held = held(part.encoder(), positions);
          for (int from = 0; from < counts.size(); from += held) {
            int to = Math.min(counts.size(), from + held);
            NDIndex those = new NDIndex("{}:{}", from * positions, to * positions);
            try (NDManager few = scope.newSubManager()) {
              NDArray z =
                  part.encoder().candidates(x.get(few, those), least.map(a -> a.get(few, those)));
              search(part, z, positions, counts.subList(from, to), found.subList(from, to));
            }
          }
        }
      }
    }
    return found;
  }

  /** How many prompts are encoded at a time. */
  private static int held(EncoderLayer encoder, int positions) {
    return Math.toIntExact(Math.max(1, ActivationScan.HELD / encoder.features() / positions));
  }

  /** Looks through some prompts' pre-activations, [B·T, columns]. */
  private void search(
      Part part,
      NDArray candidates,
      int positions,
      List<boolean[]> counts,
      List<List<FeatureHit>> found) {
    FloatBuffer z = HostArray.view(candidates);
    int size = positions * part.encoder().features();
    Parallel.run(
        counts.size(),
        () -> new float[size],
        (block, b) -> {
          z.get(b * size, block);
          search(part, block, counts.get(b), found.get(b));
        });
  }

  /** Looks through one prompt's pre-activations, [T, columns]. */
  private void search(Part part, float[] block, boolean[] counts, List<FeatureHit> found) {
    int n = part.ordinals().length;
    int width = part.encoder().features();
    int[] position = new int[counts.length];
    float[] value = new float[counts.length];
    for (int j = 0; j < n; j++) {
      float bound = Math.max(0, part.bounds()[j]);
      int size = 0;
      for (int p = 0; p < counts.length; p++) {
        float z = block[p * width + part.columns()[j]];
        if (!(z <= bound) && counts[p]) {
          position[size] = p;
          value[size++] = z;
        }
      }
      if (size > 0) {
        found.add(
            hit(part.ordinals()[j], Arrays.copyOf(position, size), Arrays.copyOf(value, size)));
      }
    }
  }

  private FeatureHit hit(int ordinal, int[] position, float[] value) {
    for (int i = 0; i < value.length; i++) {
      if (!Float.isFinite(value[i])) {
        throw numeric(
            "the activation of feature %d of layer %d at position %d is not a number",
            features.get(ordinal).index(), features.get(ordinal).layer(), position[i]);
      }
    }
    return new FeatureHit(ordinal, position, value);
  }
}
