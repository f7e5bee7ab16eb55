package dev.piecrust.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.Ops;
import dev.piecrust.model.TokenBatch;
import dev.piecrust.model.Trace;
import dev.piecrust.model.Transformer;
import dev.piecrust.tensor.SafeTensors;
import dev.piecrust.transcoder.Transcoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a transcoder in its folder says that MLPs write, its biases included. */
final class Said {
  private final Transcoder transcoder;

  /** {@code [F, writes, d]} a layer. */
  private final List<NDArray> decoders = new ArrayList<>();

  /** {@code b_dec [d]} a layer, which pruning has no use for. */
  private final List<NDArray> biases = new ArrayList<>();

  Said(TrainSpec spec, Transcoder transcoder, Path folder, NDManager manager) {
    this.transcoder = transcoder;
    int[] all = IntStream.range(0, transcoder.features()).toArray();
    boolean perLayer = spec.kind() == TrainSpec.Kind.PER_LAYER;
    for (int l = 0; l < transcoder.layers(); l++) {
      decoders.add(transcoder.decoderRows(manager, l, all));
      String file = (perLayer ? "layer_" : "W_enc_") + l + ".safetensors";
      try (SafeTensors tensors = SafeTensors.open(folder.resolve(file))) {
        biases.add(tensors.read(manager, perLayer ? "b_dec" : "b_dec_" + l));
      }
    }
  }

  int layers() {
    return transcoder.layers();
  }

  /** What encoders read of a layer's {@code resid_mid}, {@code [R, d]}. */
  NDArray read(Transformer model, Trace trace, int layer) {
    NDArray mid = trace.residMid().get(layer);
    NDArray rows = mid.reshape(-1, mid.getShape().get(2));
    return model.encoderInput(layer, rows, transcoder.hook());
  }

  /** Activations {@code [R, F]}. */
  NDArray activations(int layer, NDArray read) {
    return transcoder.encode(layer, read);
  }

  /**
   * What a layer's MLP is said to write, {@code [R, d]}.
   *
   * @param activations of this layer and those before it
   * @param read by this layer's encoder
   */
  NDArray written(int layer, List<NDArray> activations, NDArray read) {
    NDArray sum = read.mul(0).addi(biases.get(layer));
    for (int l = 0; l <= layer; l++) {
      if (layer - l < transcoder.writes(l)) {
        sum.addi(activations.get(l).matMul(rows(read, l, layer - l)));
      }
    }
    Optional<NDArray> skip = transcoder.skip().weight(layer);
    return skip.map(w -> sum.addi(Ops.linear(read, w))).orElse(sum);
  }

  private NDArray rows(NDArray in, int layer, int write) {
    NDArray rows = decoders.get(layer).get(":, {}", write);
    rows.attach(in.getManager());
    return rows;
  }

  /**
   * The patch {@code [1, T, d]} a layer that puts the transcoder in all MLPs' place. Those of the
   * first token, which counts nowhere and was not trained on, stay.
   */
  List<NDArray> replacing(NDManager scope, Transformer model, TokenBatch one) {
    NDArray others = others(scope, one);
    List<NDArray> activations = new ArrayList<>();
    List<NDArray> patch = nothing(scope, model, one);
    for (int l = 0; l < layers(); l++) {
      Trace trace = model.trace(scope, one, patch);
      NDArray read = read(model, trace, l);
      activations.add(activations(l, read));
      NDArray said = written(l, activations, read).expandDims(0);
      patch.set(l, trace.mlpOut().get(l).sub(said).mul(others));
    }
    return patch;
  }

  /** The patch that removes all MLPs but those of the first token. */
  static List<NDArray> removing(NDManager scope, Transformer model, TokenBatch one) {
    NDArray others = others(scope, one);
    List<NDArray> patch = nothing(scope, model, one);
    for (int l = 0; l < model.layers(); l++) {
      patch.set(l, model.trace(scope, one, patch).mlpOut().get(l).mul(others));
    }
    return patch;
  }

  /** 0 at the first token and 1 at the others, {@code [1, T, 1]}. */
  private static NDArray others(NDManager scope, TokenBatch one) {
    return scope.arange(one.width()).gt(0).toType(DataType.FLOAT32, false).reshape(1, -1, 1);
  }

  private static List<NDArray> nothing(NDManager scope, Transformer model, TokenBatch one) {
    List<NDArray> patch = new ArrayList<>();
    for (int l = 0; l < model.layers(); l++) {
      patch.add(scope.zeros(new Shape(1, one.width(), model.width()), DataType.FLOAT32));
    }
    return patch;
  }
}
