package dev.piecrust.bench.orchestration;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.activity.BatchSummary;
import dev.piecrust.activity.CampaignPlan;
import dev.piecrust.activity.CircuitQuestions;
import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.CorpusShard;
import dev.piecrust.activity.CorpusShards;
import dev.piecrust.activity.EvidenceSummary;
import dev.piecrust.activity.FeatureActivities;
import dev.piecrust.activity.FeatureShard;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.activity.GpuActivities;
import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.LlmActivities;
import dev.piecrust.activity.LlmStep;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.SubjectHost;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.activity.UnitFailure;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FeatureId;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** All activities of a campaign, which do nothing and answer at once. */
public class IdleActivities
    implements ControlActivities, GpuActivities, FeatureActivities, LlmActivities {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final ArtifactRef NOTHING = new ArtifactRef("0".repeat(64), 1);

  private final CampaignSize size;
  private final String queue;
  private final Optional<String> subject;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Set<String> rated = ConcurrentHashMap.newKeySet();

  /**
   * @param queue of the GPU session
   */
  public IdleActivities(CampaignSize size, String queue) {
    this(size, queue, Optional.empty());
  }

  /**
   * Those of a device.
   *
   * @param queue its own
   * @param subject from which queue the campaign's work is taken; none where it holds one worker
   */
  public IdleActivities(CampaignSize size, String queue, Optional<String> subject) {
    this.size = size;
    this.queue = queue;
    this.subject = subject;
  }

  @Override
  public CampaignPlan plan(String campaignId) {
    return subject.map(size.plan()::on).orElseGet(size::plan);
  }

  @Override
  public int selectFeatures(String campaignId) {
    return size.features();
  }

  @Override
  public List<FeatureId> selectedFeatures(String campaignId, int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> new FeatureId(i % 16, i)).toList();
  }

  @Override
  public void openStage(String campaignId, String stage, int prompts) {}

  @Override
  public void parkUnit(UnitFailure failure) {}

  @Override
  public CampaignState report(String campaignId) {
    return CampaignState.FINISHED;
  }

  @Override
  public CampaignState reportEarly(String campaignId, String who) {
    return CampaignState.FINISHED;
  }

  @Override
  public void enterState(String campaignId, CampaignState state, String message) {}

  @Override
  public GpuSession loadModel(String campaignId) {
    return new GpuSession(queue, "0".repeat(64), "none");
  }

  /** Answers each who asks once. */
  @Override
  public SubjectHost hostSubject(HostRequest request) {
    if (!answered.add(request.asker())) {
      throw ApplicationFailure.newBuilder()
          .setMessage("it is a host already")
          .setType("BETTER_ELSEWHERE")
          .setNextRetryDelay(AGAIN)
          .setCategory(ApplicationErrorCategory.BENIGN)
          .build();
    }
    return new SubjectHost(queue, Integer.MAX_VALUE);
  }

  @Override
  public BatchSummary pruneBatch(PruneBatch batch) {
    return done(batch);
  }

  @Override
  public PreparedTask prepareTask(TaskRef task) {
    return new PreparedTask(size.prompts(), size.batch(), NOTHING);
  }

  @Override
  public BatchSummary scoreFeatures(PruneBatch batch) {
    return done(batch);
  }

  @Override
  public BatchSummary rerankSynergy(PruneBatch batch) {
    return done(batch);
  }

  @Override
  public BatchSummary checkFidelity(PruneBatch batch) {
    return done(batch);
  }

  @Override
  public CircuitQuestions askCircuits(PruneBatch task) {
    return new CircuitQuestions(List.of());
  }

  @Override
  public void measureCircuits(CircuitShard shard) {}

  @Override
  public BatchSummary chooseCircuits(PruneBatch task) {
    return done(task);
  }

  @Override
  public BatchSummary checkCircuits(PruneBatch batch) {
    return done(batch);
  }

  private static BatchSummary done(PruneBatch batch) {
    return new BatchSummary(batch.to() - batch.from(), 0, NOTHING, false);
  }

  @Override
  public CorpusShards openCorpus(String campaignId) {
    return new CorpusShards(0, 1, 0, 1);
  }

  @Override
  public void scanCorpus(CorpusShard shard) {}

  @Override
  public void drawEvidence(FeatureShard shard) {}

  @Override
  public EvidenceSummary collectEvidence(String campaignId) {
    return new EvidenceSummary(size.features(), 1, false);
  }

  @Override
  public void activateTexts(FeatureUnit unit) {}

  @Override
  public void steerFeature(FeatureUnit unit) {}

  @Override
  public LlmStep probe(String campaignId) {
    return LlmStep.done();
  }

  @Override
  public LlmStep explain(FeatureUnit unit) {
    boolean missing = size.undescribed() > 0 && unit.feature().index() % size.undescribed() == 0;
    return missing ? LlmStep.unscored("the answer has no description") : LlmStep.done();
  }

  @Override
  public LlmStep writeTexts(FeatureUnit unit) {
    return LlmStep.done();
  }

  @Override
  public LlmStep rateSamples(FeatureUnit unit) {
    return LlmStep.done();
  }

  @Override
  public LlmStep rateSteered(FeatureUnit unit) {
    rated.add(unit.unit());
    return LlmStep.done();
  }

  /** Asks for steering, once. */
  @Override
  public boolean score(FeatureUnit unit) {
    return !rated.remove(unit.unit());
  }
}
