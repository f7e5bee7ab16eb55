package dev.piecrust.store.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.campaign.Json;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import dev.piecrust.store.process.ProcessSign.Seen;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ModelLoadTest {
  private static final RunningWork LOAD =
      new RunningWork("c", ModelLoad.STAGE, "", 0, "downloads a, 1.0 MB of 2.0 MB");

  @Test
  void isWhatAWorkerThatLivesSaysOfIt() {
    assertThat(ModelLoad.of(List.of(seen(0, LOAD))))
        .containsOnlyKeys("c")
        .extractingByKey("c")
        .extracting(ModelLoad::sentence)
        .isEqualTo("downloads a, 1.0 MB of 2.0 MB, on box");
    assertThat(ModelLoad.of(List.of(seen(20_000, LOAD)))).isEmpty();
  }

  @Test
  void isNotToldOfACampaignThatHasOtherWork() {
    RunningWork explains = new RunningWork("c", "explain", "L001/0000002", 0, "");
    RunningWork books = new RunningWork("c", "books", "", 0, "");
    assertThat(ModelLoad.of(List.of(seen(0, explains), seen(0, LOAD)))).isEmpty();
    assertThat(ModelLoad.of(List.of(seen(0, books), seen(0, LOAD)))).containsOnlyKeys("c");
  }

  @Test
  void saysThatItLoadsWhereTheProcessIsOlder() {
    String older = "{\"campaign\":\"c\",\"stage\":\"load\",\"unit\":\"\",\"sinceMs\":0}";
    RunningWork work = Json.read(older, RunningWork.class, "the work");
    assertThat(ModelLoad.of(List.of(seen(0, work))))
        .extractingByKey("c")
        .extracting(ModelLoad::sentence)
        .isEqualTo("loads the model, on box");
  }

  private static Seen seen(long silentMs, RunningWork work) {
    return new Seen(
        new ProcessSign(
            "id",
            "gpu",
            "box",
            1,
            "0",
            "gpu0",
            OptionalLong.empty(),
            OptionalLong.empty(),
            List.of(work)),
        silentMs,
        silentMs);
  }
}
