package dev.piecrust.report.analysis;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of features, one bit for each: a transcoder of 16 layers of 524,288 features takes one
 * megabyte at most, however many prompts keep them.
 */
final class FeatureBits {
  private final Map<Integer, BitSet> layers = new TreeMap<>();

  void add(int layer, int feature) {
    layers.computeIfAbsent(layer, l -> new BitSet()).set(feature);
  }

  long size() {
    return layers.values().stream().mapToLong(BitSet::cardinality).sum();
  }

  long inCommonWith(FeatureBits other) {
    long common = 0;
    for (Map.Entry<Integer, BitSet> layer : layers.entrySet()) {
      BitSet both = (BitSet) layer.getValue().clone();
      both.and(other.layers.getOrDefault(layer.getKey(), new BitSet()));
      common += both.cardinality();
    }
    return common;
  }
}
