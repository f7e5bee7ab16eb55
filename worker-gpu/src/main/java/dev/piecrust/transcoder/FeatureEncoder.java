package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.numeric;
import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.model.Ops;
import dev.piecrust.tensor.HostArray;
import dev.piecrust.tensor.Parallel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
   * @param encoder their rows
   * @param bounds what each must exceed, [n]
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Part(int layer, int[] ordinals, EncoderLayer encoder, float[] bounds) {}

  private final List<FeatureId> features;
  private final List<Part> parts;

  private FeatureEncoder(List<FeatureId> features, List<Part> parts) {
    this.features = features;
    this.parts = parts;
  }

  /** Gathers rows into arrays that belong to {@code target}. */
  static FeatureEncoder of(
      NDManager target, List<EncoderLayer> encoders, List<FeatureId> features) {
    features.forEach(f -> requireThere(f, encoders));
    List<Part> parts = new ArrayList<>();
    for (int l = 0; l < encoders.size(); l++) {
      int layer = l;
      int[] ordinals =
          IntStream.range(0, features.size())
              .filter(i -> features.get(i).layer() == layer)
              .toArray();
      if (ordinals.length > 0) {
        long[] rows = Arrays.stream(ordinals).mapToLong(i -> features.get(i).index()).toArray();
        EncoderLayer own = gathered(target, encoders.get(l), rows);
        parts.add(new Part(l, ordinals, own, own.bounds()));
      }
    }
    return new FeatureEncoder(List.copyOf(features), parts);
  }

  private static void requireThere(FeatureId f, List<EncoderLayer> encoders) {
    if (f.layer() >= encoders.size() || f.index() >= encoders.get(0).features()) {
      throw user(
          "feature %d of layer %d is not in the transcoder, expected one of its %d layers of %d"
              + " features",
          f.index(), f.layer(), encoders.size(), encoders.get(0).features());
    }
  }

  private static EncoderLayer gathered(NDManager target, EncoderLayer all, long[] rows) {
    try (NDManager scope = target.newSubManager()) {
      NDArray ids = scope.create(rows);
      NDArray weight = Ops.embed(ids, all.weight()); // [n, d]
      NDArray bias = column(ids, all.bias());
      Optional<NDArray> threshold = all.threshold().map(t -> column(ids, t));
      target.attachAll(weight, bias);
      threshold.ifPresent(t -> t.attach(target));
      return new EncoderLayer(weight, bias, threshold);
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
   * @param residMid per layer [B, T, d], padded at the right
   * @param counts per prompt, for each of its tokens whether it is looked at
   * @return per prompt, one entry for each feature that is active anywhere, by layer and then in
   *     the order of the list; a pre-activation that is not a number is a numeric failure
   */
  public List<List<FeatureHit>> hits(List<NDArray> residMid, List<boolean[]> counts) {
    List<List<FeatureHit>> found = new ArrayList<>();
    counts.forEach(prompt -> found.add(new ArrayList<>()));
    for (Part part : parts) {
      NDArray x = residMid.get(part.layer());
      int positions = Math.toIntExact(x.getShape().get(1));
      try (NDManager scope = x.getManager().newSubManager()) {
        NDArray rows = x.reshape((long) counts.size() * positions, -1); // [B·T, d]
        rows.attach(scope);
        FloatBuffer z = HostArray.view(part.encoder().preactivations(rows)); // [B·T, n]
        int size = positions * part.ordinals().length;
        Parallel.run(
            counts.size(),
            () -> new float[size],
            (block, b) -> {
              z.get(b * size, block);
              search(part, block, counts.get(b), found.get(b));
            });
      }
    }
    return found;
  }

  /** Looks through one prompt's pre-activations, [T, n]. */
  private void search(Part part, float[] block, boolean[] counts, List<FeatureHit> found) {
    int n = part.ordinals().length;
    int[] position = new int[counts.length];
    float[] value = new float[counts.length];
    for (int j = 0; j < n; j++) {
      float bound = Math.max(0, part.bounds()[j]);
      int size = 0;
      for (int p = 0; p < counts.length; p++) {
        float z = block[p * n + j];
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
