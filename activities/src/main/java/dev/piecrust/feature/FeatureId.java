package dev.piecrust.feature;

import static dev.piecrust.failure.PieCrustException.user;

/**
 * A transcoder feature: a layer and an index within it.
 *
 * <p>Its public id is the Cantor pairing of the two, {@code (l+f)(l+f+1)/2 + f} (METHOD.md §1), so
 * that results can be exchanged with other tools.
 *
 * @param layer from 0; less is a user error
 * @param index within the layer, likewise
 */
public record FeatureId(int layer, int index) implements Comparable<FeatureId> {
  public FeatureId {
    if (layer < 0 || index < 0) {
      throw user("feature (%d, %d): layer and index must not be negative", layer, index);
    }
  }

  /** The Cantor id. */
  public long cantor() {
    long sum = (long) layer + index;
    return sum * (sum + 1) / 2 + index;
  }

  /** The feature with this Cantor id. */
  public static FeatureId ofCantor(long id) {
    if (id < 0) {
      throw user("feature id %d: must not be negative", id);
    }
    long sum = (long) Math.floor((Math.sqrt(8.0 * id + 1) - 1) / 2);
    while (sum * (sum + 1) / 2 > id) {
      sum--;
    }
    while ((sum + 1) * (sum + 2) / 2 <= id) {
      sum++;
    }
    int index = Math.toIntExact(id - sum * (sum + 1) / 2);
    return new FeatureId(Math.toIntExact(sum - index), index);
  }

  @Override
  public int compareTo(FeatureId other) {
    int byLayer = Integer.compare(layer, other.layer);
    return byLayer != 0 ? byLayer : Integer.compare(index, other.index);
  }
}
