package dev.piecrust.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.failure.PieCrustException;
import org.junit.jupiter.api.Test;

final class CampaignFilterTest {
  @Test
  void refusesAnOrderThatItDoesNotKnow() {
    CampaignFilter filter = new CampaignFilter();
    filter.order = "downwards";
    assertThatThrownBy(filter::query)
        .isInstanceOf(PieCrustException.class)
        .hasMessage("order is 'downwards', expected 'asc' or 'desc'");
  }

  @Test
  void turnsTheOrderRoundWhereAColumnIsChosenAgain() {
    CampaignFilter filter = new CampaignFilter();
    filter.sort = "name";
    filter.order = "asc";
    assertThat(filter.query().descending()).isFalse();
    assertThat(filter.sortedBy("name")).contains("order=desc");
    assertThat(filter.sortedBy("started")).doesNotContain("order=");
  }
}
