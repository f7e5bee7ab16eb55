package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.Fingerprint;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.MemoryNeed;
import dev.piecrust.tensor.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Loads transcoders from folders in the circuit-tracer layout (METHOD.md §3). */
public final class Transcoders {
  private Transcoders() {}

  /**
   * Loads the transcoder in {@code folder}, which must have {@code layers} layers of width {@code
   * width}. Encoders are read into memory, decoders are mapped.
   */
  public static Transcoder load(Path folder, NDManager parent, int layers, int width) {
    return load(folder, parent, layers, width, new MachineMemory());
  }

  static Transcoder load(Path folder, NDManager parent, int layers, int width, FreeMemory memory) {
    TranscoderConfig.read(folder);
    MemoryNeed.check(folder, encoderWeights(folder, layers), parent.getDevice(), memory);
    NDManager manager = parent.newSubManager();
    List<SafeTensors> decoders = new ArrayList<>();
    try {
      List<EncoderLayer> encoders = new ArrayList<>();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (int layer = 0; layer < layers; layer++) {
        encoders.add(encoder(folder, manager, layer, width, digest));
        int features = (int) encoders.get(layer).bias().getShape().get(0);
        if (features != encoders.get(0).bias().getShape().get(0)) {
          throw user(
              "%s: W_enc_%d has %d features, W_enc_0 has %d; expected the same in every layer",
              folder, layer, features, encoders.get(0).bias().getShape().get(0));
        }
        decoders.add(decoder(folder, layer, features, layers - layer, width, digest));
      }
      if (Files.exists(folder.resolve("W_enc_" + layers + ".safetensors"))) {
        throw user("%s: has more than the model's %d layers", folder, layers);
      }
      return new Transcoder(manager, encoders, decoders, HexFormat.of().formatHex(digest.digest()));
    } catch (RuntimeException e) {
      decoders.forEach(SafeTensors::close);
      manager.close();
      throw e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long encoderWeights(Path folder, int layers) {
    long weights = 0;
    for (int layer = 0; layer < layers; layer++) {
      Path file = folder.resolve("W_enc_" + layer + ".safetensors");
      try (SafeTensors tensors = open(file)) {
        weights += LongStream.of(shape(tensors, file, "W_enc_" + layer)).reduce(1, (a, b) -> a * b);
      }
    }
    return weights;
  }

  private static EncoderLayer encoder(
      Path folder, NDManager manager, int layer, int width, MessageDigest digest) {
    Path file = folder.resolve("W_enc_" + layer + ".safetensors");
    try (SafeTensors tensors = open(file)) {
      long[] shape = shape(tensors, file, "W_enc_" + layer);
      if (shape.length != 2 || shape[1] != width) {
        throw mismatch(file, "W_enc_" + layer, shape, "[features, " + width + "]");
      }
      require(tensors, file, "b_enc_" + layer, shape[0]);
      NDArray weight = finite(tensors.read(manager, "W_enc_" + layer), file, "W_enc_" + layer);
      NDArray bias = finite(tensors.read(manager, "b_enc_" + layer), file, "b_enc_" + layer);
      Optional<NDArray> threshold = Optional.empty();
      if (tensors.contains("threshold_" + layer)) {
        require(tensors, file, "threshold_" + layer, shape[0]);
        threshold =
            Optional.of(
                finite(tensors.read(manager, "threshold_" + layer), file, "threshold_" + layer));
      }
      digest.update(Fingerprint.of(List.of(), tensors).getBytes(StandardCharsets.UTF_8));
      return new EncoderLayer(weight, bias, threshold);
    }
  }

  private static SafeTensors decoder(
      Path folder, int layer, int features, int writes, int width, MessageDigest digest) {
    Path file = folder.resolve("W_dec_" + layer + ".safetensors");
    SafeTensors tensors = open(file);
    try {
      require(tensors, file, "W_dec_" + layer, features, writes, width);
      digest.update(Fingerprint.of(List.of(), tensors).getBytes(StandardCharsets.UTF_8));
      return tensors;
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private static SafeTensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw user(
          "%s: not there; a transcoder holds one such file for each layer of its model", file);
    }
    return SafeTensors.open(file);
  }

  private static long[] shape(SafeTensors tensors, Path file, String name) {
    if (!tensors.contains(name)) {
      throw user("%s: tensor %s is missing", file, name);
    }
    return tensors.info(name).shape();
  }

  private static void require(SafeTensors tensors, Path file, String name, long... expected) {
    long[] found = shape(tensors, file, name);
    if (!Arrays.equals(found, expected)) {
      throw mismatch(file, name, found, Arrays.toString(expected));
    }
  }

  private static RuntimeException mismatch(Path file, String name, long[] found, String expected) {
    return user(
        "%s: tensor %s has shape %s, expected %s", file, name, Arrays.toString(found), expected);
  }

  private static NDArray finite(NDArray values, Path file, String name) {
    try (NDArray sum = values.sum()) {
      if (!Float.isFinite(sum.getFloat())) {
        throw user("%s: tensor %s holds a NaN or an infinity, expected numbers", file, name);
      }
    }
    return values;
  }
}
