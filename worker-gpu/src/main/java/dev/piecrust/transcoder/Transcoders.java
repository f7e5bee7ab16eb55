package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDManager;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.MemoryNeed;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Loads transcoders from folders in the circuit-tracer layout (docs/method.md §3). */
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
    List<LayerReader> readers = readers(folder, layers, width);
    MemoryNeed.check(
        folder, encoderWeights(readers), parent.getDevice(), memory); // before anything is loaded
    NDManager manager = parent.newSubManager();
    List<Decoder> decoders = new ArrayList<>();
    try {
      List<EncoderLayer> encoders = new ArrayList<>();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (LayerReader reader : readers) {
        encoders.add(reader.encoder(manager, digest));
        decoders.add(reader.decoder(encoders.get(0).features(), digest));
      }
      return new Transcoder(manager, encoders, decoders, HexFormat.of().formatHex(digest.digest()));
    } catch (RuntimeException e) {
      decoders.forEach(decoder -> decoder.file().close());
      manager.close();
      throw e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** {@code F}, by the files' headers alone; a user error where layers differ in it. */
  public static int features(Path folder, int layers, int width) {
    return (int) features(readers(folder, layers, width));
  }

  private static List<LayerReader> readers(Path folder, int layers, int width) {
    TranscoderConfig config = TranscoderConfig.read(folder);
    return LayerFiles.of(folder, config, layers).stream()
        .map(files -> new LayerReader(files, width))
        .toList();
  }

  private static long features(List<LayerReader> readers) {
    long features = readers.get(0).features();
    for (LayerReader reader : readers) {
      if (reader.features() != features) {
        throw user(
            "%s: has %d features, the first layer has %d; expected the same in every layer",
            reader.files().encoderFile(), reader.features(), features);
      }
    }
    return features;
  }

  private static long encoderWeights(List<LayerReader> readers) {
    return features(readers) * readers.get(0).width() * readers.size();
  }
}
