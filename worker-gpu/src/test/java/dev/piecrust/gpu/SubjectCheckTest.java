package dev.piecrust.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.prune.PruneRoom;
import dev.piecrust.spec.SpecReader;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SubjectCheckTest {
  private static final CampaignSpec DEMO = SpecReader.read(Path.of("../demo/demo.yaml"));
  private static final long GIB = 1L << 30;

  @Test
  void findsRoomWhereThereIsEnough() {
    SubjectCheck look = look(Optional.empty());
    MachineRoom room = look.room(look.shape());
    assertThat(room.shortages()).isEmpty();
    assertThat(room.memoryFree()).isEqualTo(GIB);
    assertThat(room.downloadBytes()).isZero();
    look.requireRoom();
  }

  @Test
  void refusesWithTheSentenceOfTheEstimateWhatDoesNotFit() {
    SubjectCheck look = look(Optional.of("it needs more memory"));
    assertThat(look.room(look.shape()).shortages()).containsExactly("it needs more memory");
    assertThatThrownBy(look::requireRoom)
        .hasMessage("it needs more memory")
        .satisfies(e -> assertThat(Failures.categoryOf(e)).isEqualTo(FailureCategory.RESOURCES));
  }

  @Test
  void leavesMemoryForLaterWhereOthersHaveItNow() {
    SubjectCheck look = look(Optional.of("it needs more memory"));
    MachineRoom room = look.room(look.shape()).onceMemoryIsFree();
    room.require();
    assertThat(room.shortages()).isEmpty();
  }

  private static SubjectCheck look(Optional<String> shortage) {
    return new SubjectCheck(
        DEMO,
        HubFolders.ofThisProcess(),
        (shape, prune) -> new PruneRoom("a device", GIB, shortage));
  }
}
