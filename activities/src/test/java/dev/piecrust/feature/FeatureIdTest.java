package dev.piecrust.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class FeatureIdTest {
  @Example
  void pairsAsCantorDid() {
    assertThat(new FeatureId(0, 0).cantor()).isEqualTo(0);
    assertThat(new FeatureId(1, 0).cantor()).isEqualTo(1);
    assertThat(new FeatureId(0, 1).cantor()).isEqualTo(2);
    assertThat(new FeatureId(2, 0).cantor()).isEqualTo(3);
    assertThat(new FeatureId(15, 32767).cantor()).isEqualTo(537_378_920L);
  }

  @Property
  void findsTheFeatureOfEveryId(
      @ForAll @IntRange(max = 10_000) int layer, @ForAll @IntRange(max = 1_000_000_000) int index) {
    FeatureId feature = new FeatureId(layer, index);
    assertThat(FeatureId.ofCantor(feature.cantor())).isEqualTo(feature);
  }

  @Property
  void givesEveryIdToOneFeature(@ForAll @LongRange(max = 1_000_000_000_000_000L) long id) {
    assertThat(FeatureId.ofCantor(id).cantor()).isEqualTo(id);
  }

  @Property
  void sortsByLayerAndThenByIndex(
      @ForAll @IntRange(max = 3) int layer,
      @ForAll @IntRange(max = 9) int index,
      @ForAll @IntRange(max = 3) int otherLayer,
      @ForAll @IntRange(max = 9) int otherIndex) {
    int expected = Integer.compare(layer * 10 + index, otherLayer * 10 + otherIndex);
    assertThat(new FeatureId(layer, index).compareTo(new FeatureId(otherLayer, otherIndex)))
        .isEqualTo(expected);
  }

  @Example
  void goesAsFarAsNumbersDo() {
    int most = Integer.MAX_VALUE;
    for (FeatureId feature :
        new FeatureId[] {
          new FeatureId(most, most), new FeatureId(0, most), new FeatureId(most, 0)
        }) {
      assertThat(feature.cantor()).isPositive();
      assertThat(FeatureId.ofCantor(feature.cantor())).isEqualTo(feature);
    }
    assertThat(new FeatureId(most, most).cantor()).isEqualTo(9_223_372_032_559_808_512L);
    assertThatThrownBy(() -> FeatureId.ofCantor(Long.MAX_VALUE)).hasMessageContaining("no feature");
    assertThatThrownBy(() -> FeatureId.ofCantor(new FeatureId(0, most).cantor() + 1))
        .hasMessageContaining("no feature");
  }

  @Example
  void refusesNegativeNumbers() {
    assertThatThrownBy(() -> new FeatureId(-1, 0)).hasMessage("layer is -1, expected 0 or more");
    assertThatThrownBy(() -> new FeatureId(0, -2)).hasMessage("index is -2, expected 0 or more");
    assertThatThrownBy(() -> FeatureId.ofCantor(-1))
        .hasMessage(
            "Cantor id is -1, which no feature has, expected (l+f)(l+f+1)/2+f of a layer l and"
                + " index f");
  }
}
