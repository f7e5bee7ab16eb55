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
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.campaign.TrainSpec;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.model.Models;
import dev.piecrust.model.Residence;
import dev.piecrust.model.Transformer;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.task.TokenizedPair;
import dev.piecrust.train.TrainReport;
import dev.piecrust.train.Training;
import dev.piecrust.train.TrainingText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A campaign's training on a device, with its model in memory. */
final class OpenTraining implements AutoCloseable {
  private final String campaignId;
  private final CampaignSpec spec;
  private final NDManager manager;
  private final Transformer model;
  private final TrainingText text;
  private final Map<String, List<TokenizedPair>> tasks;
  private final Path folder;
  private Optional<Training> training = Optional.empty();

  private OpenTraining(
      String campaignId,
      CampaignSpec spec,
      NDManager manager,
      Transformer model,
      TrainingText text,
      Map<String, List<TokenizedPair>> tasks) {
    this.campaignId = campaignId;
    this.spec = spec;
    this.manager = manager;
    this.model = model;
    this.text = text;
    this.tasks = tasks;
    this.folder = Path.of(spec.subject().transcoder());
  }

  static OpenTraining open(
      String campaignId, CampaignSpec spec, Path modelFolder, NDManager parent) {
    NDManager manager = parent.newSubManager();
    try {
      Transformer model =
          Models.checkpoint(modelFolder)
              .prepending(spec.subject().prependBos())
              .load(manager, new MachineMemory(), Residence.MEMORY);
      TrainingText text = TrainingText.read(spec.training(), model);
      Map<String, List<TokenizedPair>> tasks = new HashMap<>();
      for (TaskSpec task : spec.tasks()) {
        tasks.put(task.name(), TaskStage.checked(task, model.tokenizer()));
      }
      return new OpenTraining(campaignId, spec, manager, model, text, tasks);
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
    if (part.part() == 0 && isAfresh(stores)) {
      Training.forget(wanted, model, text, folder, spec.subject().modelName());
    }
    TrainProgress progress =
        Training.found(wanted, model, text, folder)
            .map(this::tidied)
            .orElseGet(() -> onward(part, wanted, stores, pulse));
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
    boolean over = progress.early() && progress.step() <= wanted.end(part.part());
    return progress.ending(over).withoutCurve();
  }

  /** Whether it is to train anew, and has not done so yet. */
  private boolean isAfresh(Stores stores) {
    return stores.campaigns().events(campaignId).stream()
            .anyMatch(event -> event.kind().equals(CampaignStore.AFRESH_EVENT))
        && stores.units().units(campaignId, Stages.TRAIN).isEmpty();
  }

  private TrainProgress tidied(TrainReport whole) {
    Training.tidy(folder);
    return whole.progress();
  }

  private TrainProgress onward(TrainPart part, TrainSpec wanted, Stores stores, Pulse pulse) {
    Training open = training.orElseGet(() -> begin(wanted, stores));
    TrainProgress progress = open.until(wanted.end(part.part()), pulse::check);
    if (progress.diverged().isEmpty() && (progress.early() || progress.step() == wanted.steps())) {
      TrainReport unused = open.finish(spec.subject().modelName(), tasks, pulse::check);
    }
    return progress;
  }

  private Training begin(TrainSpec wanted, Stores stores) {
    Training begun = Training.open(wanted, model, text, folder, manager);
    training = Optional.of(begun);
    if (!begun.room().isEmpty()) {
      stores.campaigns().event(campaignId, Stages.TRAIN, begun.room(), "piecrust");
    }
    return begun;
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
