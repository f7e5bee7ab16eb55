package dev.piecrust.view.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.Json;
import dev.piecrust.report.SmallCampaign;
import dev.piecrust.spec.SpecReader;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.campaign.CampaignCards;
import dev.piecrust.view.campaign.Condition;
import dev.piecrust.view.campaign.Conditions;
import dev.piecrust.view.campaign.LiveRates;
import dev.piecrust.view.campaign.StageGroup;
import dev.piecrust.view.campaign.StageView;
import dev.piecrust.view.left.TimesLeft;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TrainingViewsTest {
  private static final String ID = "own";
  private static final int STEPS = 250;

  private SmallCampaign campaign;
  private TrainingViews views;
  private CampaignSpec spec;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    campaign = new SmallCampaign(folder);
    views = new TrainingViews(campaign.stores, campaign.artifacts);
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), "a text\n");
    spec =
        SpecReader.parse(
            """
            name: own
            subject: {model: %s, transcoder: own}
            train: {corpus: %s, l0: 15, steps: %d, checkpoint: 1}
            """
                .formatted(folder, corpus, STEPS),
            folder,
            "spec");
  }

  @BeforeEach
  void beginATraining() {
    campaign.reset();
    campaign.stores.campaigns().create(ID, spec);
    campaign.stores.campaigns().enter(ID, CampaignState.RUNNING, "");
    campaign.stores.campaigns().openStage(ID, Stages.TRAIN, STEPS);
  }

  @AfterAll
  void close() {
    campaign.close();
  }

  @Test
  void saysHowEachLayerGoes() {
    assertThat(view(ID).orElseThrow().last()).isEmpty();
    TrainProgress.Curve curve =
        new TrainProgress.Curve(1.5, List.of(0.25, 0.75), List.of(10.0, 20.0));
    reach(1, Optional.of(curve));
    TrainingView view = view(ID).orElseThrow();
    assertThat(view.steps()).isEqualTo(STEPS);
    assertThat(view.target()).isEqualTo(15);
    assertThat(view.points())
        .containsExactly(
            new TrainingPoint(
                1,
                0.5,
                15,
                0.125,
                Optional.of(1.5),
                Optional.of(1000.0),
                curve.unexplained(),
                curve.active()));
    assertThat(Json.write(view)).contains("\"layerActive\":[10.0,20.0]", "\"secondsLeft\":null");
  }

  @Test
  void takesWhatEarlierReleasesSaidAndNothingOfCampaignsThatTrainNothing() {
    reach(1, Optional.empty());
    TrainingPoint point = view(ID).flatMap(TrainingView::last).orElseThrow();
    assertThat(point.loss()).isEmpty();
    assertThat(point.layerActive()).isEmpty();
    assertThat(view(SmallCampaign.ID)).isEmpty();
  }

  @Test
  void showsAHundredPointsAtMostAndAlwaysTheLast() {
    int reached = 0;
    for (int wanted : List.of(100, 101, 201)) {
      for (; reached < wanted; reached++) {
        reach(reached + 1, Optional.empty());
      }
      List<Integer> steps =
          view(ID).orElseThrow().points().stream().map(TrainingPoint::step).toList();
      assertThat(steps).isSorted().endsWith(wanted).hasSizeBetween(50, 100);
    }
  }

  @Test
  void saysWhatTimeIsLeftOfItWhileItTrains() {
    assertThat(views.of(card("train", 50)).orElseThrow().secondsLeft()).contains(100L);
    assertThat(views.of(card("train", STEPS)).orElseThrow().secondsLeft()).isEmpty();
    assertThat(views.of(card("score ioi", 50)).orElseThrow().secondsLeft()).isEmpty();
  }

  @Test
  void saysWhatItCameToOnceItHasEnded() throws IOException {
    assertThat(views.trained(card("train", STEPS))).as("no folder").isEmpty();
    Path into = Files.createDirectories(Path.of(spec.subject().transcoder()));
    Files.writeString(
        into.resolve("training.json"),
        """
        {"model": "m", "evaluation": {"windows": 8,
          "layers": [{"unexplained": 0.25, "active": 15, "dead": 0}],
          "densities": [1, 0, 0, 0, 0, 3],
          "decoderNorms": [0.5, 0.25],
          "tasks": [
            {"name": "ioi", "prompts": 4, "difference": 4, "replaced": 1, "accuracy": 1,
              "replacedAccuracy": 0.75},
            {"name": "none", "prompts": 4, "difference": -1, "replaced": 1, "accuracy": 0,
              "replacedAccuracy": 0}],
          "replacement": {"windows": 4, "loss": 1, "replaced": 2, "without": 5, "kl": 0.5}}}
        """);
    assertThat(views.trained(card("train", 50))).as("of another training").isEmpty();
    TrainedFolder trained = views.trained(card("train", STEPS)).orElseThrow();
    assertThat(trained.layers()).containsExactly(new TrainedFolder.Layer(0.25, 15, 0));
    assertThat(trained.densities())
        .containsExactly(
            new TrainedFolder.Density("never", 1, 0.25),
            new TrainedFolder.Density("up to 0.01 %", 0, 0),
            new TrainedFolder.Density("up to 0.1 %", 0, 0),
            new TrainedFolder.Density("up to 1 %", 0, 0),
            new TrainedFolder.Density("up to 10 %", 0, 0),
            new TrainedFolder.Density("up to 100 %", 3, 0.75));
    assertThat(trained.recovered()).hasValue(0.75);
    assertThat(trained.decoderNorms()).containsExactly(0.5, 0.25);
    assertThat(trained.tasks()).extracting(TrainedFolder.Task::name).containsExactly("ioi", "none");
    assertThat(trained.tasks().get(0).kept()).hasValue(0.25);
    assertThat(trained.tasks().get(1).kept()).as("of a model that cannot do it").isEmpty();
  }

  /** With two steps a second. */
  private CampaignCard card(String stage, int done) {
    StageView seen =
        new StageView(stage, "steps", done, 0, STEPS, Optional.of(2.0), Optional.empty());
    return new CampaignCard(
        campaign.stores.campaigns().status(ID),
        Condition.RUNNING,
        "",
        "",
        "",
        List.of(new StageGroup("train", List.of(seen), 0)),
        Optional.empty(),
        BigDecimal.ZERO,
        Optional.empty(),
        false);
  }

  private Optional<TrainingView> view(String id) {
    CampaignCards cards =
        new CampaignCards(
            campaign.stores,
            new LiveRates(),
            new Conditions(campaign.stores),
            new TimesLeft(campaign.stores));
    CampaignCard card = cards.find(id).orElseThrow();
    return views.of(card);
  }

  private void reach(int step, Optional<TrainProgress.Curve> curve) {
    TrainProgress progress =
        new TrainProgress(
            step, STEPS, 0.5, 15, 0.125, Optional.of(1000.0), Optional.empty(), false, curve);
    byte[] line = Json.write(progress).getBytes(StandardCharsets.UTF_8);
    campaign
        .stores
        .units()
        .done(
            ID,
            Stages.TRAIN,
            new TrainPart(ID, step - 1).unit(),
            1,
            0,
            campaign.artifacts.put(out -> out.write(line)));
  }
}
