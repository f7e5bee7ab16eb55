package dev.piecrust.view.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.store.Stores;
import dev.piecrust.view.left.TimesLeft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nine campaigns beside the small one: three names, three models, every second one cancelled. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignListsTest {
  private static final int ALL = 10;

  private SmallCampaign campaign;
  private CampaignLists lists;

  @BeforeAll
  void open(@TempDir Path folder) {
    campaign = new SmallCampaign(folder);
    Stores stores = campaign.stores;
    for (int i = 1; i < ALL; i++) {
      stores.campaigns().create("c" + i, spec("a_name-" + i % 3, "/models/m" + i % 3));
      stores
          .campaigns()
          .enter("c" + i, i % 2 == 0 ? CampaignState.CANCELLED : CampaignState.PAUSED, "");
      stores.campaigns().openStage("c" + i, "score ioi", 5 * i);
    }
    lists =
        new CampaignLists(
            stores,
            new CampaignCards(
                stores, new LiveRates(), new Conditions(stores), new TimesLeft(stores)));
  }

  private static CampaignSpec spec(String name, String model) {
    CampaignSpec small = SmallCampaign.SPEC;
    return new CampaignSpec(
        name, new SubjectSpec(model, "/models/clt"), small.tasks(), small.prune(), small.limits());
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @ParameterizedTest
  @EnumSource(CampaignQuery.Sort.class)
  void pagesGiveEveryCampaignOnceInTheSameOrderAsOnePage(CampaignQuery.Sort sort) {
    for (boolean descending : List.of(true, false)) {
      List<String> whole = ids(query("", "", "", sort, descending, Optional.empty(), 200));
      assertThat(whole).hasSize(ALL).doesNotHaveDuplicates();
      List<String> paged = new ArrayList<>();
      Optional<String> after = Optional.empty();
      do {
        CampaignLists.Found page = lists.find(query("", "", "", sort, descending, after, 3));
        page.campaigns().forEach(card -> paged.add(card.status().id()));
        assertThat(page.total()).isEqualTo(ALL);
        after = page.next();
      } while (after.isPresent());
      assertThat(paged).isEqualTo(whole);
    }
  }

  @Test
  void findsByStateModelTaskAndText() {
    assertThat(ids(query("cancelled", "", "", "")))
        .containsExactlyInAnyOrder("c2", "c4", "c6", "c8");
    assertThat(ids(query("", "M1", "", ""))).containsExactlyInAnyOrder("c1", "c4", "c7");
    assertThat(ids(query("paused", "m1", "", ""))).containsExactlyInAnyOrder("c1", "c7");
    assertThat(ids(query("", "", "ioi", ""))).hasSize(ALL);
    assertThat(ids(query("", "", "docstring", ""))).isEmpty();
    assertThat(ids(query("", "", "", "SMALL"))).containsExactly(SmallCampaign.ID);
    assertThat(ids(query("", "", "", "C5"))).containsExactly("c5");
  }

  @Test
  void takesTextAsItIsWritten() {
    assertThat(ids(query("", "", "", "A_name-2"))).containsExactlyInAnyOrder("c2", "c5", "c8");
    assertThat(ids(query("", "", "", "a_n"))).hasSize(ALL - 1);
    assertThat(ids(query("", "", "", "%"))).isEmpty();
    assertThat(ids(query("", "", "", "_____"))).isEmpty();
    assertThat(ids(query("", "", "", "a%name"))).isEmpty();
    assertThat(ids(query("", "", "", "'; drop table campaign; --"))).isEmpty();
  }

  @Test
  void namesWhatItDoesNotKnow() {
    assertThatThrownBy(() -> CampaignQuery.sort("age")).hasMessageContaining("sort is 'age'");
    assertThatThrownBy(() -> CampaignQuery.state("dead")).hasMessageContaining("state is 'dead'");
    assertThatThrownBy(() -> query("", "", "", CampaignQuery.Sort.NAME, true, Optional.empty(), 0))
        .hasMessageContaining("limit is 0");
  }

  private List<String> ids(CampaignQuery query) {
    return lists.find(query).campaigns().stream().map(card -> card.status().id()).toList();
  }

  private static CampaignQuery query(String state, String subject, String task, String text) {
    return new CampaignQuery(
        CampaignQuery.state(state),
        subject,
        task,
        text,
        CampaignQuery.Sort.STARTED,
        true,
        Optional.empty(),
        200);
  }

  private static CampaignQuery query(
      String subject,
      String task,
      String text,
      CampaignQuery.Sort sort,
      boolean descending,
      Optional<String> after,
      int limit) {
    return new CampaignQuery(Optional.empty(), subject, task, text, sort, descending, after, limit);
  }
}
