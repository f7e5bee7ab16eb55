package dev.piecrust.evidence;

import dev.piecrust.failure.PieCrustException;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.transcoder.FeatureHit;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What is remembered of all features while a corpus goes by. The windows of a part of the corpus
 * are collected in a state of their own, which can be written down and added to another: the sum
 * does not depend on where the parts were cut.
 */
public final class EvidenceState {
  private final List<FeatureWindows> features;

  private EvidenceState(List<FeatureWindows> features) {
    this.features = features;
  }

  /**
   * An empty state.
   *
   * @param windows of the whole corpus
   * @param seed of ties and draws
   */
  public static EvidenceState empty(
      List<FeatureId> features, Quotas quotas, int windows, long seed) {
    FeatureWindows.Memory memory = FeatureWindows.Memory.of(new Lots(seed), quotas, windows);
    return new EvidenceState(
        features.stream().map(feature -> new FeatureWindows(feature, memory)).toList());
  }

  /** Takes in a window; windows come in order. */
  public void add(int window, List<FeatureHit> hits) {
    hits.forEach(hit -> features.get(hit.ordinal()).add(new WindowHit(window, hit)));
  }

  List<FeatureWindows> features() {
    return features;
  }

  /** Writes everything down; leaves the stream open. */
  public void write(OutputStream out) throws IOException {
    GZIPOutputStream zip = new GZIPOutputStream(out);
    DataOutputStream data = new DataOutputStream(new BufferedOutputStream(zip));
    data.writeInt(features.size());
    for (FeatureWindows feature : features) {
      data.writeInt(feature.size());
      for (int i = 0; i < feature.size(); i++) {
        data.writeInt(feature.window(i));
        data.writeFloat(feature.maximum(i));
      }
      TreeMap<Integer, WindowHit> remembered = new TreeMap<>(feature.remembered());
      data.writeInt(remembered.size());
      for (WindowHit hit : remembered.values()) {
        write(data, hit);
      }
    }
    data.flush();
    zip.finish();
  }

  private static void write(DataOutputStream data, WindowHit hit) throws IOException {
    data.writeInt(hit.window());
    data.writeFloat(hit.maximum());
    data.writeInt(hit.position().length);
    for (int i = 0; i < hit.position().length; i++) {
      data.writeInt(hit.position()[i]);
      data.writeFloat(hit.value()[i]);
    }
  }

  /**
   * Adds what another state wrote down about the windows that follow.
   *
   * @param all how many features that has
   * @param first which of them is the first of this state's
   */
  public void addWritten(InputStream written, int all, int first) {
    try (DataInputStream data =
        new DataInputStream(new BufferedInputStream(new GZIPInputStream(written)))) {
      if (data.readInt() != all) {
        throw new IllegalStateException("evidence of other features");
      }
      for (int i = 0; i < first + features.size(); i++) {
        FeatureWindows feature = i < first ? null : features.get(i - first);
        for (int left = data.readInt(); left > 0; left--) {
          int window = data.readInt();
          float maximum = data.readFloat();
          if (feature != null) {
            feature.add(window, maximum);
          }
        }
        for (int left = data.readInt(); left > 0; left--) {
          WindowHit hit = hit(data);
          if (feature != null) {
            feature.offer(hit);
          }
        }
      }
    } catch (IOException e) {
      throw PieCrustException.external("collected evidence cannot be read", e);
    }
  }

  private static WindowHit hit(DataInputStream data) throws IOException {
    int window = data.readInt();
    float maximum = data.readFloat();
    int n = data.readInt();
    int[] position = new int[n];
    float[] value = new float[n];
    for (int i = 0; i < n; i++) {
      position[i] = data.readInt();
      value[i] = data.readFloat();
    }
    return new WindowHit(window, maximum, position, value);
  }
}
