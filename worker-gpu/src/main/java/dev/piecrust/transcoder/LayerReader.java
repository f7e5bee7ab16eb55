package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.model.Fingerprint;
import dev.piecrust.model.Residence;
import dev.piecrust.tensor.SafeTensors;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads one layer of a transcoder and refuses what does not fit.
 *
 * @param files where its tensors lie
 * @param width {@code d} of the model
 * @param most by TopK, how many features of a token are active at most
 */
record LayerReader(LayerFiles files, int width, OptionalInt most) {
  /** {@code F} of this layer, by its encoder's header alone. */
  long features() {
    try (SafeTensors tensors = open(files.encoderFile())) {
      return encoderShape(tensors)[0];
    }
  }

  /** Reads the encoder, into memory where it stays there. */
  EncoderLayer encoder(NDManager manager, MessageDigest digest, Residence residence) {
    try (SafeTensors tensors = open(files.encoderFile())) {
      long features = encoderShape(tensors)[0];
      NDArray bias =
          column(tensors, manager, layout().bias(), features)
              .orElseGet(() -> manager.zeros(new Shape(features)));
      Optional<NDArray> threshold = column(tensors, manager, layout().threshold(), features);
      update(digest, tensors);
      EncoderRows rows =
          residence == Residence.MEMORY
              ? EncoderRows.of(turned(finite(tensors, manager, layout().encoder())))
              : onDisk(manager, Math.toIntExact(features));
      return new EncoderLayer(rows, bias, threshold, most, Optional.empty());
    }
  }

  /** Rows that are read at each use, and once now so that what is no number is refused. */
  private EncoderRows onDisk(NDManager manager, int features) {
    SafeTensors kept = open(files.encoderFile()); // mapped as long as there are rows to read
    try (NDManager looked = manager.newSubManager()) {
      NDArray unused = finite(kept, looked, layout().encoder());
    }
    return new EncoderRows(features, width, scope -> turned(kept.read(scope, layout().encoder())));
  }

  private NDArray turned(NDArray stored) {
    return layout().transposed() ? transposed(stored) : stored;
  }

  /** The linear part [out, in], where the layer has one. */
  Optional<NDArray> skip(NDManager manager) {
    try (SafeTensors tensors = open(files.encoderFile())) {
      if (!tensors.contains(layout().skip())) {
        return Optional.empty();
      }
      require(tensors, files.encoderFile(), layout().skip(), width, width);
      NDArray skip = finite(tensors, manager, layout().skip());
      return Optional.of(layout().skipTransposed() ? transposed(skip) : skip);
    }
  }

  /** Whether the layer has a linear part, by its header alone. */
  boolean hasSkip() {
    try (SafeTensors tensors = open(files.encoderFile())) {
      return tensors.contains(layout().skip());
    }
  }

  private TensorLayout layout() {
    return files.layout();
  }

  private Optional<NDArray> column(
      SafeTensors tensors, NDManager manager, String name, long features) {
    if (!tensors.contains(name)) {
      return Optional.empty();
    }
    require(tensors, files.encoderFile(), name, features);
    return Optional.of(finite(tensors, manager, name));
  }

  private static NDArray transposed(NDArray stored) {
    try (stored;
        NDArray view = stored.transpose()) {
      return view.duplicate();
    }
  }

  /** Maps the decoder; nothing of it is read yet. */
  Decoder decoder(int features, MessageDigest digest) {
    SafeTensors tensors = open(files.decoderFile());
    try {
      long[] shape = files.decoderShape(features, width);
      require(tensors, files.decoderFile(), layout().decoder(), shape);
      if (!files.decoderFile().equals(files.encoderFile())) {
        update(digest, tensors);
      }
      int stored = Math.max(1, files.stored());
      return new Decoder(tensors, layout().decoder(), stored, files.writes(), width);
    } catch (RuntimeException e) {
      tensors.close();
      throw e;
    }
  }

  private long[] encoderShape(SafeTensors tensors) {
    long[] shape = shape(tensors, files.encoderFile(), layout().encoder());
    int across = layout().transposed() ? 0 : 1;
    if (shape.length != 2 || shape[across] != width) {
      throw mismatch(
          files.encoderFile(),
          layout().encoder(),
          shape,
          layout().transposed() ? "[" + width + ", features]" : "[features, " + width + "]");
    }
    return new long[] {shape[1 - across], width};
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
