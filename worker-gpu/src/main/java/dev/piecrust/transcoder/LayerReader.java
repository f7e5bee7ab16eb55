package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Fingerprint;
import dev.piecrust.tensor.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads one layer of a transcoder and refuses what does not fit.
 *
 * @param files where its tensors lie
 * @param width {@code d} of the model
 */
record LayerReader(LayerFiles files, int width) {
  private static final String SKIP = "W_skip";

  /** {@code F} of this layer, by its encoder's header alone. */
  long features() {
    try (SafeTensors tensors = open(files.encoderFile())) {
      return encoderShape(tensors)[0];
    }
  }

  /** Reads the encoder into memory. */
  EncoderLayer encoder(NDManager manager, MessageDigest digest) {
    try (SafeTensors tensors = open(files.encoderFile())) {
      long features = encoderShape(tensors)[0];
      if (tensors.contains(SKIP)) {
        throw user(
            "%s: has a skip connection (%s), expected a transcoder without",
            files.encoderFile(), SKIP);
      }
      require(tensors, files.encoderFile(), files.bias(), features);
      NDArray weight = finite(tensors, manager, files.encoder());
      NDArray bias = finite(tensors, manager, files.bias());
      Optional<NDArray> threshold = Optional.empty();
      if (tensors.contains(files.threshold())) {
        require(tensors, files.encoderFile(), files.threshold(), features);
        threshold = Optional.of(finite(tensors, manager, files.threshold()));
      }
      update(digest, tensors);
      return new EncoderLayer(weight, bias, threshold);
    }
  }

  /** Maps the decoder; nothing of it is read yet. */
  Decoder decoder(int features, MessageDigest digest) {
    SafeTensors tensors = open(files.decoderFile());
    try {
      long[] shape = files.decoderShape(features, width);
      require(tensors, files.decoderFile(), files.decoder(), shape);
      if (!files.decoderFile().equals(files.encoderFile())) {
        update(digest, tensors);
      }
      return new Decoder(tensors, files.decoder(), files.writes(), width);
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private long[] encoderShape(SafeTensors tensors) {
    long[] shape = shape(tensors, files.encoderFile(), files.encoder());
    if (shape.length != 2 || shape[1] != width) {
      throw mismatch(files.encoderFile(), files.encoder(), shape, "[features, " + width + "]");
    }
    return shape;
  }

  private static void update(MessageDigest digest, SafeTensors tensors) {
    digest.update(Fingerprint.of(List.of(), tensors).getBytes(StandardCharsets.UTF_8));
  }

  private static SafeTensors open(Path file) {
    if (!Files.isRegularFile(file)) {
      throw user("%s: there is no such file, expected one for each layer of the model", file);
    }
    return SafeTensors.open(file);
  }

  private static long[] shape(SafeTensors tensors, Path file, String name) {
    if (!tensors.contains(name)) {
      throw user("%s: tensor %s is missing, expected it in a transcoder of this kind", file, name);
    }
    return tensors.info(name).shape();
  }

  private static void require(SafeTensors tensors, Path file, String name, long... expected) {
    long[] found = shape(tensors, file, name);
    if (!Arrays.equals(found, expected)) {
      throw mismatch(file, name, found, Arrays.toString(expected));
    }
  }

  private static PieCrustException mismatch(Path file, String name, long[] found, String expected) {
    return user(
        "%s: tensor %s has shape %s, expected %s", file, name, Arrays.toString(found), expected);
  }

  private NDArray finite(SafeTensors tensors, NDManager manager, String name) {
    NDArray values = tensors.read(manager, name);
    try (NDArray sum = values.sum()) { // a NaN or infinity survives a sum
      if (!Float.isFinite(sum.getFloat())) {
        throw user(
            "%s: tensor %s holds a NaN or an infinity, expected numbers",
            files.encoderFile(), name);
      }
    }
    return values;
  }
}
