package dev.piecrust.gpu;

import ai.djl.ndarray.NDManager;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Pulse;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.SubjectHost;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.activity.TrainActivities;
import dev.piecrust.activity.TrainPart;
import dev.piecrust.activity.TrainProgress;
import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.SubjectSpec;
import dev.piecrust.estimate.MachineRoom;
import dev.piecrust.failure.Failures;
import dev.piecrust.hub.HubDisk;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.hub.HubPart;
import dev.piecrust.hub.HubProgress;
import dev.piecrust.input.Roots;
import dev.piecrust.metric.Meters;
import dev.piecrust.model.MachineMemory;
import dev.piecrust.prune.load.PruneRoom;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.spec.SpecRoots;
import dev.piecrust.store.Stores;
import dev.piecrust.tensor.TensorRuntime;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GPU activities of one worker. It holds one subject and one batch at a time and does one thing
 * at a time, as the device does.
 */
public final class GpuWorker
    implements GpuActivities, FeatureActivities, TrainActivities, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GpuWorker.class);

  private final Stores stores;
  private final PruneArtifacts artifacts;
  private final FeatureArtifacts features;
  private final String queue;
  private final Roots roots;
  private final HubFolders folders;
  private final NDManager manager;
  private final OpenBatch open;
  private final OpenCorpus corpus;
  private final DeviceMemory memory;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Subject subject;
  private @Nullable OpenTraining training;

  /**
   * @param queue the worker's own task queue
   */
  public GpuWorker(Stores stores, ArtifactStore artifacts, String queue) {
    this(
        stores,
        artifacts,
        queue,
        TensorRuntime.start(),
        Roots.ofThisProcess(),
        HubFolders.ofThisProcess());
  }

  /**
   * @param queue the worker's own task queue
   * @param runtime its device
   * @param roots the folders within which it opens files
   * @param folders where repositories of the hub lie here
   */
  GpuWorker(
      Stores stores,
      ArtifactStore artifacts,
      String queue,
      TensorRuntime runtime,
      Roots roots,
      HubFolders folders) {
    this.roots = roots;
    this.folders = folders;
    this.stores = stores;
    this.artifacts = PruneArtifacts.in(artifacts);
    this.features = FeatureArtifacts.in(artifacts);
    this.queue = queue;
    this.manager = runtime.newManager();
    this.open = new OpenBatch(manager);
    this.corpus = new OpenCorpus(manager);
    this.memory = new DeviceMemory(runtime.device());
    memory.show(stores.meters());
  }

  /**
   * A worker on each of some devices.
   *
   * @param name of the process; the workers' queues are called after it
   */
  public static List<GpuWorker> on(
      List<TensorRuntime> devices, Stores stores, ArtifactStore artifacts, String name) {
    return IntStream.range(0, devices.size())
        .mapToObj(
            i ->
                new GpuWorker(
                    stores,
                    artifacts,
                    i == 0 ? name : name + "-" + (i + 1),
                    devices.get(i),
                    Roots.ofThisProcess(),
                    HubFolders.ofThisProcess()))
        .toList();
  }

  /** The worker's own task queue, from which no other takes. */
  public String queue() {
    return queue;
  }

  /** The device's memory. */
  public DeviceMemory memory() {
    return memory;
  }

  /**
   * Downloads all that a campaign needs from the hub; the device is free meanwhile. Refuses, as a
   * resources failure and before the first byte, a campaign for which this machine has no room.
   */
  public void download(String campaignId) {
    try (Pulse pulse = Pulse.start()) {
      CampaignSpec spec = spec(campaignId);
      long bytes = folders.remainingBytes(spec);
      if (bytes > 0) {
        requireRoom(spec);
        LOG.info("downloads {} for {}", HubDisk.readable(bytes), campaignId);
        stores
            .campaigns()
            .event(
                campaignId,
                "download",
                "downloads %s from the hub".formatted(HubDisk.readable(bytes)),
                queue);
      }
      folders.fetch(spec, new PulseProgress(pulse));
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }

  /** A device that is in use may be free later: its memory is looked at when its turn has come. */
  private void requireRoom(CampaignSpec spec) {
    SubjectCheck look =
        new SubjectCheck(
            spec,
            folders,
            (shape, prune) -> PruneRoom.of(shape, prune, memory.device(), new MachineMemory()));
    SubjectShape shape = look.shape();
    boolean mine = turn.tryLock();
    try {
      MachineRoom room = look.roomToPrune(shape);
      (mine && subject == null ? room : room.onceMemoryIsFree()).require();
    } finally {
      if (mine) {
        turn.unlock();
      }
    }
  }

  @Override
  public GpuSession loadModel(String campaignId) {
    return working(
        pulse -> {
          Subject loaded = subject(spec(campaignId), pulse);
          stores.campaigns().fingerprint(campaignId, loaded.fingerprint());
          new SubjectNotes(stores, campaignId).write(spec(campaignId), loaded, manager);
          return new GpuSession(queue, loaded.fingerprint(), memory.name());
        });
  }

  /** What a request for a host comes to is decided where all devices of the process are known. */
  @Override
  public SubjectHost hostSubject(HostRequest request) {
    return new SubjectHost(
        loadModel(request.campaignId()).queue(), mostHosts(request.campaignId()));
  }

  @Override
  public TrainProgress train(TrainPart part) {
    return working(
        pulse -> {
          OpenTraining open = training;
          if (open == null || !open.isOf(part.campaignId())) {
            unload();
            CampaignSpec spec = spec(part.campaignId());
            Path model =
                folders.folder(spec.subject().model(), HubPart.MODEL, new PulseProgress(pulse));
            open = OpenTraining.open(part.campaignId(), spec, model, manager);
            training = open;
          }
          return open.train(part, stores, artifacts.store(), pulse);
        });
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return working(
        pulse -> {
          LoadedCampaign campaign = loaded(task.campaignId(), pulse);
          return new TaskStage(campaign, campaign.spec().task(task.task()))
              .prepare(task.campaignId(), pulse);
        });
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return working(pulse -> new BatchUnits(loaded(batch, pulse), batch, pulse).score());
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    return working(pulse -> new BatchUnits(loaded(batch, pulse), batch, pulse).rerank());
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return working(pulse -> new BatchUnits(loaded(batch, pulse), batch, pulse).fidelity());
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch batch) {
    return working(
        pulse -> {
          BatchUnits units = new BatchUnits(loaded(batch, pulse), batch, pulse);
          naming(Stages.score(batch.task()), units::score);
          if (units.chooses()) {
            naming(Stages.rerank(batch.task()), units::rerank);
          }
          return naming(Stages.fidelity(batch.task()), units::fidelity);
        });
  }

  /** A failure says at which stage it happened. */
  private static BatchSummary naming(String stage, Supplier<BatchSummary> unit) {
    try {
      return unit.get();
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e, stage);
    }
  }

  @Override
  public CircuitQuestions askCircuits(PruneBatch task) {
    return working(pulse -> new TaskUnits(loaded(task, pulse), task, pulse).questions());
  }

  @Override
  public void measureCircuits(CircuitShard shard) {
    working(
        pulse -> {
          PruneBatch batch = shard.batch();
          new TaskUnits(loaded(batch, pulse), batch, pulse).measure(shard);
          return shard;
        });
  }

  @Override
  public BatchSummary chooseCircuits(PruneBatch task) {
    return working(pulse -> new TaskUnits(loaded(task, pulse), task, pulse).circuits());
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    return working(pulse -> new TaskUnits(loaded(batch, pulse), batch, pulse).heldOut());
  }

  @Override
  public CorpusShards openCorpus(String campaignId) {
    return working(pulse -> evidence(campaignId, pulse).open());
  }

  @Override
  public void scanCorpus(CorpusShard shard) {
    working(
        pulse -> {
          evidence(shard.campaignId(), pulse).scan(shard);
          return shard;
        });
  }

  @Override
  public void drawEvidence(FeatureShard shard) {
    working(
        pulse -> {
          evidence(shard.campaignId(), pulse).draw(shard);
          return shard;
        });
  }

  @Override
  public EvidenceSummary collectEvidence(String campaignId) {
    return working(
        pulse -> {
          EvidenceSummary summary = evidence(campaignId, pulse).collect();
          corpus.close();
          return summary;
        });
  }

  private EvidenceStage evidence(String campaignId, Pulse pulse) {
    return new EvidenceStage(
        loaded(campaignId, pulse), features, folders, corpus, campaignId, pulse);
  }

  @Override
  public void activateTexts(FeatureUnit unit) {
    working(
        pulse -> {
          new FeatureUnits(loaded(unit.campaignId(), pulse), features, unit, pulse).activate();
          return unit;
        });
  }

  @Override
  public void steerFeature(FeatureUnit unit) {
    working(
        pulse -> {
          new FeatureUnits(loaded(unit.campaignId(), pulse), features, unit, pulse).steer();
          return unit;
        });
  }

  /** What has to be loaded for a campaign: equal for those that need the same. */
  public Object subjectOf(String campaignId) {
    try {
      return spec(campaignId).subject();
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }

  /** The queue of a campaign's subject. */
  public String subjectQueue(String campaignId) {
    try {
      return stores.campaigns().subjectQueue(campaignId);
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }

  /** On how many devices a campaign may be worked at once. */
  public int mostHosts(String campaignId) {
    try {
      return spec(campaignId).limits().devices().orElse(Integer.MAX_VALUE);
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    }
  }

  /** Whether a campaign needs no device any more; one that was deleted does not. */
  public boolean hasEnded(String campaignId) {
    return stores.campaigns().find(campaignId).map(found -> found.state().ended()).orElse(true);
  }

  /** Whether somebody paused a campaign, or it did so itself: a part of it may still go on. */
  public boolean isPaused(String campaignId) {
    return stores
        .campaigns()
        .find(campaignId)
        .map(found -> found.state() == CampaignState.PAUSED)
        .orElse(false);
  }

  private LoadedCampaign loaded(PruneBatch batch, Pulse pulse) {
    corpus.close();
    return loaded(batch.campaignId(), pulse);
  }

  private LoadedCampaign loaded(String campaignId, Pulse pulse) {
    CampaignSpec spec = spec(campaignId);
    return new LoadedCampaign(spec, subject(spec, pulse), stores, artifacts, manager, open);
  }

  /** The campaign's spec, whose files this machine may open. */
  private CampaignSpec spec(String campaignId) {
    return SpecRoots.allowed(stores.campaigns().spec(campaignId), roots);
  }

  private Subject subject(CampaignSpec spec, Pulse pulse) {
    SubjectSpec wanted = spec.subject();
    if (subject == null || !subject.spec().equals(wanted)) {
      unload();
      HubProgress progress = new PulseProgress(pulse);
      Path model = folders.folder(wanted.model(), HubPart.MODEL, progress);
      Path transcoder = folders.folder(wanted.transcoder(), HubPart.TRANSCODER, progress);
      subject = Subject.load(wanted, model, transcoder, spec.prune(), manager);
      Meters.SUBJECT_LOADS.counter(stores.meters()).increment();
    }
    return subject;
  }

  private void unload() {
    open.close();
    corpus.close();
    if (subject != null) {
      subject.close();
      subject = null;
    }
    if (training != null) {
      training.close();
      training = null;
    }
  }

  private <T> T working(Function<Pulse, T> work) {
    turn.lock();
    try (Pulse pulse = Pulse.start()) {
      return work.apply(pulse);
    } catch (RuntimeException e) {
      throw Failures.toTemporal(e);
    } finally {
      turn.unlock();
    }
  }

  @Override
  public void close() {
    turn.lock();
    try {
      unload();
      manager.close();
    } finally {
      turn.unlock();
    }
  }
}
