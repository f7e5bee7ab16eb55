package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.feature.FeatureId;
import java.lang.reflect.Method;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityScopeTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        ControlActivities.class,
        GpuActivities.class,
        FeatureActivities.class,
        LlmActivities.class
      })
  void knowsTheStageOfEveryActivity(Class<?> activities) {
    for (Method method : activities.getMethods()) {
      String type =
          method.getName().substring(0, 1).toUpperCase(Locale.ROOT) + method.getName().substring(1);
      assertThat(ActivityScope.knows(type)).as(type).isTrue();
    }
  }

  @Test
  void readsCampaignAndUnitFromWhatTheActivityIsGiven() {
    ArtifactRef pairs = new ArtifactRef("0".repeat(64), 1);
    ActivityScope batch =
        ActivityScope.of("ScoreFeatures", new PruneBatch("small-1", "ioi", 0, 5, pairs));
    assertThat(batch).isEqualTo(new ActivityScope("small-1", "score", "ioi/000000-000005"));
    assertThat(batch.bracketed()).isEqualTo("[small-1 score ioi/000000-000005] ");
    assertThat(ActivityScope.of("Explain", new FeatureUnit("small-1", new FeatureId(3, 42))))
        .isEqualTo(new ActivityScope("small-1", "explain", "L003/0000042"));
    assertThat(ActivityScope.of("LoadModel", "small-1").bracketed()).isEqualTo("[small-1 load] ");
  }
}
