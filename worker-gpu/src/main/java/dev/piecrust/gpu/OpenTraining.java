package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Models;
import dev.piecrust.model.Transformer;
import dev.piecrust.store.Stores;
import dev.piecrust.train.TrainReport;
import dev.piecrust.train.Training;
import dev.piecrust.train.TrainingText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** A campaign's training on a device, with its model in memory. */
final class OpenTraining implements AutoCloseable {
  private final String campaignId;
  private final CampaignSpec spec;
  private final NDManager manager;
  private final Transformer model;
  private final TrainingText text;
  private final Path folder;
  private Optional<Training> training = Optional.empty();

  private OpenTraining(
      String campaignId,
      CampaignSpec spec,
      NDManager manager,
      Transformer model,
      TrainingText text) {
    this.campaignId = campaignId;
    this.spec = spec;
    this.manager = manager;
    this.model = model;
    this.text = text;
    this.folder = Path.of(spec.subject().transcoder());
  }

  static OpenTraining open(
      String campaignId, CampaignSpec spec, Path modelFolder, NDManager parent) {
    NDManager manager = parent.newSubManager();
    try {
      Transformer model =
          Models.checkpoint(modelFolder)
              .prepending(spec.subject().prependBos())
              .load(manager, new MachineMemory());
      TrainingText text = TrainingText.read(spec.training(), model);
      return new OpenTraining(campaignId, spec, manager, model, text);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  boolean isOf(String campaign) {
    return campaignId.equals(campaign);
  }

  /** Trains to the end of a part; the last one makes the folder whole. */
  TrainProgress train(TrainPart part, Stores stores, ArtifactStore artifacts, Pulse pulse) {
    TrainSpec wanted = spec.training();
    TrainProgress progress =
        Training.found(wanted, model, text, folder)
            .map(TrainReport::progress)
            .orElseGet(() -> onward(part, wanted, pulse));
    if (progress.diverged().isEmpty()) {
      stores
          .units()
          .done(
              campaignId,
              Stages.TRAIN,
              part.unit(),
              wanted.end(part.part()) - wanted.end(part.part() - 1),
              0,
              artifact(artifacts, progress));
    }
    return progress;
  }

  private TrainProgress onward(TrainPart part, TrainSpec wanted, Pulse pulse) {
    Training open = training.orElseGet(() -> Training.open(wanted, model, text, folder, manager));
    training = Optional.of(open);
    TrainProgress progress = open.until(wanted.end(part.part()), pulse::check);
    if (progress.diverged().isEmpty() && progress.step() == wanted.steps()) {
      TrainReport unused = open.finish(spec.subject().modelName(), pulse::check);
    }
    return progress;
  }

  private static ArtifactRef artifact(ArtifactStore artifacts, TrainProgress progress) {
    byte[] line = Json.write(progress).getBytes(StandardCharsets.UTF_8);
    return artifacts.put(out -> out.write(line));
  }

  @Override
  public void close() {
    training.ifPresent(Training::close);
    model.close();
    manager.close();
  }
}
