package dev.piecrust.transcoder;

import static dev.piecrust.failure.PieCrustException.user;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.piecrust.model.FreeMemory;
import dev.piecrust.model.InputHook;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.MemoryNeed;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Skip;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Loads transcoders from folders in any of the public layouts (docs/method.md §3). */
public final class Transcoders {
  private Transcoders() {}

  /**
   * Loads the transcoder in {@code folder}, which must have {@code layers} layers of width {@code
   * width}. Encoders are read into memory, decoders are mapped.
   */
  public static Transcoder load(Path folder, NDManager parent, int layers, int width) {
    return load(folder, parent, layers, width, Residence.MEMORY);
  }

  /** The same with encoders where one wants them. */
  public static Transcoder load(
      Path folder, NDManager parent, int layers, int width, Residence residence) {
    return load(folder, parent, layers, width, new MachineMemory(), residence);
  }

  static Transcoder load(
      Path folder,
      NDManager parent,
      int layers,
      int width,
      FreeMemory memory,
      Residence residence) {
    TranscoderSource source = TranscoderSource.read(folder, layers);
    List<LayerReader> readers = readers(source, width);
    MemoryNeed.check(
        folder,
        encoderWeights(readers, residence),
        parent.getDevice(),
        memory); // before anything is loaded
    NDManager manager = parent.newSubManager();
    List<Decoder> decoders = new ArrayList<>();
    try {
      List<EncoderLayer> encoders = new ArrayList<>();
      List<Optional<NDArray>> skips = new ArrayList<>();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (LayerReader reader : readers) {
        EncoderLayer encoder = reader.encoder(manager, digest, residence);
        Decoder decoder = reader.decoder(encoder.features(), digest);
        decoders.add(decoder);
        encoders.add(
            source.joint().filter(JointTopK::byDecoderNorm).isPresent()
                ? encoder.ranked(decoder.norms(manager, encoders.size(), encoder.features()))
                : encoder);
        skips.add(reader.skip(manager));
      }
      if (source.hook() != InputHook.RESID_MID || source.most().isPresent()) {
        digest.update((source.hook().label() + source.most()).getBytes(StandardCharsets.UTF_8));
      }
      source
          .joint()
          .ifPresent(joint -> digest.update(joint.toString().getBytes(StandardCharsets.UTF_8)));
      return new Transcoder(
          manager,
          source.joint(),
          encoders,
          decoders,
          new Skip(source.hook(), skips),
          HexFormat.of().formatHex(digest.digest()),
          source.expected());
    } catch (RuntimeException e) {
      decoders.forEach(decoder -> decoder.file().close());
      manager.close();
      throw e;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  /** Sizes by the files' headers alone; a user error where layers differ in their features. */
  public static TranscoderSize size(Path folder, int layers, int width) {
    List<LayerReader> readers = readers(TranscoderSource.read(folder, layers), width);
    return new TranscoderSize((int) features(readers), linearLayers(readers));
  }

  private static int linearLayers(List<LayerReader> readers) {
    return (int) readers.stream().filter(LayerReader::hasSkip).count();
  }

  private static List<LayerReader> readers(TranscoderSource source, int width) {
    return source.layers().stream()
        .map(files -> new LayerReader(files, width, source.most()))
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

  private static long encoderWeights(List<LayerReader> readers, Residence residence) {
    long width = readers.get(0).width();
    return features(readers) * width * residence.held(readers.size())
        + linearLayers(readers) * width * width;
  }
}
