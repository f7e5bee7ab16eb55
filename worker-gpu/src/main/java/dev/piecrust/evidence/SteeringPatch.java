package dev.piecrust.evidence;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.transcoder.Transcoder;
import java.util.ArrayList;
import java.util.List;

/**
 * What a feature adds to {@code mlp_out} when it is active by a strength that is set from outside:
 * {@code strength · W_dec[l][f, t−l]} in every layer {@code t} that it writes to (docs/method.md
 * §8).
 */
record SteeringPatch(Transcoder transcoder, FeatureId feature) {
  /**
   * As passes want it, which subtract: {@code −strength · W_dec[l][f, t−l]}.
   *
   * @param strengths [B], one a row
   * @return [B, 1, d] a layer, arrays of {@code target}; zeros where the feature does not write
   */
  List<NDArray> of(NDManager target, float[] strengths) {
    int layers = transcoder.layers();
    int width = transcoder.width();
    Shape shape = new Shape(strengths.length, 1, width);
    List<NDArray> patch = new ArrayList<>();
    try (NDManager scope = target.newSubManager()) {
      NDArray rows =
          transcoder.decoderRows(
              scope, feature.layer(), new int[] {feature.index()}); // [1, writes, d]
      NDArray column = scope.create(strengths, new Shape(strengths.length, 1)).neg(); // [B, 1]
      for (int t = 0; t < layers; t++) {
        int write = t - feature.layer();
        boolean written = write >= 0 && write < transcoder.writes(feature.layer());
        NDArray added =
            written
                ? column.matMul(rows.get(new NDIndex(":,{}", write))).reshape(shape)
                : scope.zeros(shape);
        added.attach(target);
        patch.add(added);
      }
    }
    return patch;
  }
}
