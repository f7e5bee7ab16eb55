package dev.piecrust.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.piecrust.model.decoder.Decoder;
import dev.piecrust.model.decoder.DecoderWeights;
import dev.piecrust.tensor.SafeTensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** The committed reference checkpoints and tokenizers; see {@code make_fixtures.py}. */
public final class Fixtures {
  private static final Path RESOURCES = Path.of("src", "test", "resources");

  private Fixtures() {}

  /** A reference checkpoint, by family and name. */
  public static Path checkpoint(String name) {
    return RESOURCES.resolve(name);
  }

  public static Path tokenizer(String name) {
    return RESOURCES.resolve("tokenizer").resolve(name);
  }

  /** A whole model folder in {@code target}: the named checkpoint with a small tokenizer. */
  public static Path folder(String name, Path target) {
    try {
      Files.createDirectories(target);
      copyFiles(tokenizer("word-level"), target);
      copyFiles(checkpoint(name), target);
      return target;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The named checkpoint in f32. */
  public static Transformer load(String name, Path folder, NDManager manager) {
    return Models.load(folder(name, folder), manager);
  }

  /** The same model in f64. */
  public static Transformer inDoubles(Transformer model, NDManager manager) {
    Decoder narrow = (Decoder) model;
    NDManager own = manager.newSubManager();
    DecoderWeights weights = narrow.weights().toType(own, DataType.FLOAT64);
    return new Decoder(narrow.config(), weights, model.tokenizer(), "f64", own);
  }

  /** Token ids of a reference prompt. */
  public static int[] ids(String name, int prompt) {
    try (SafeTensors reference =
        SafeTensors.open(checkpoint(name).resolve("reference.safetensors"))) {
      return Arrays.stream(reference.readLongs(prompt + ".ids"))
          .mapToInt(Math::toIntExact)
          .toArray();
    }
  }

  /**
   * A reference array, row-major; {@code precision} is {@code f32}, which stands for f64 where a
   * fixture has no other, or {@code f64}.
   */
  public static double[] reference(String name, int prompt, String precision, String what) {
    return read(checkpoint(name).resolve("reference.safetensors"), prompt, precision, what);
  }

  /** A patch {@code [T,d]} of a layer, row-major, in f64. */
  public static double[] patch(String name, int prompt, int layer) {
    return read(checkpoint(name).resolve("adjoint.safetensors"), prompt, "f64", "patch_" + layer);
  }

  /** The mean of {@link #gradient} at the midpoints of five parts of the path to {@link #patch}. */
  public static double[] pathGradient(String name, int prompt, int layer) {
    return read(checkpoint(name).resolve("adjoint.safetensors"), prompt, "f64", "ig_" + layer);
  }

  /** A reference gradient {@code [T,d]}, row-major, in f64. */
  public static double[] gradient(
      String name, int prompt, Transformer.Linearity linearity, int layer) {
    String what = linearity.name().toLowerCase(Locale.ROOT) + "_" + layer;
    return read(checkpoint(name).resolve("adjoint.safetensors"), prompt, "f64", what);
  }

  private static double[] read(Path file, int prompt, String precision, String what) {
    try (SafeTensors reference = SafeTensors.open(file)) {
      String key = prompt + "." + precision + "." + what;
      if (precision.equals("f32") && reference.contains(key)) {
        return doubles(reference.readFloats(key));
      }
      key = prompt + ".f64." + what;
      double[] values = new double[(int) reference.info(key).elements()];
      ByteBuffer.wrap(reference.rawBytes(key, 0, values.length * 8))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asDoubleBuffer()
          .get(values);
      return values;
    }
  }

  /** Any floating-point array's values. */
  public static double[] values(NDArray array) {
    try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
      return wide.toDoubleArray();
    }
  }

  public static double largestDifference(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(a.length + " values against " + b.length);
    }
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs(a[i] - b[i]);
      largest = Double.isNaN(difference) ? Double.NaN : Math.max(largest, difference);
    }
    return largest;
  }

  /** How far {@code a} is from {@code b}, as a share of the largest value of {@code b}. */
  public static double relativeDifference(NDArray a, NDArray b) {
    double[] expected = values(b);
    double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    return largestDifference(values(a), expected) / scale;
  }

  private static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
