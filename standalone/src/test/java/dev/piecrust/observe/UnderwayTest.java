package dev.piecrust.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.piecrust.store.process.ProcessSign.RunningWork;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UnderwayTest {
  private final Underway underway = new Underway();
  private final List<RunningWork> seen = new ArrayList<>();

  /** Says something, and something that is not for people. */
  @ActivityInterface
  public interface Talkative {
    @ActivityMethod(name = "LoadModel")
    void loadModel(String campaign);
  }

  @Test
  void hearsWhatActivitiesSayOfThemselves() {
    Talkative talkative =
        campaign -> {
          seen.addAll(underway.now());
          Activity.getExecutionContext().heartbeat("downloads a, 1.0 MB of 2.0 MB");
          Activity.getExecutionContext().heartbeat(7);
          seen.addAll(underway.now());
        };
    TestActivityEnvironment environment =
        TestActivityEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder().setWorkerInterceptors(underway).build())
                .build());
    try {
      environment.registerActivitiesImplementations(talkative);
      environment.newActivityStub(Talkative.class).loadModel("c");
    } finally {
      environment.close();
    }
    assertThat(seen)
        .extracting(RunningWork::campaign, RunningWork::stage, RunningWork::says)
        .containsExactly(
            tuple("c", "load", ""), tuple("c", "load", "downloads a, 1.0 MB of 2.0 MB"));
    assertThat(underway.now()).isEmpty();
  }
}
