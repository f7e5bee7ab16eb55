package dev.piecrust.serve;

import dev.piecrust.activity.FeatureStages;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.InterpretSpec;
import dev.piecrust.campaign.LlmSpec;
import dev.piecrust.campaign.StageProgress;
import dev.piecrust.estimate.CampaignEstimate;
import dev.piecrust.estimate.LlmEstimate;
import dev.piecrust.estimate.LlmEstimator;
import dev.piecrust.estimate.Range;
import dev.piecrust.exchange.DescriptionFit;
import dev.piecrust.gpu.SubjectCheck;
import dev.piecrust.hub.HubFolders;
import dev.piecrust.model.MachineRate;
import dev.piecrust.model.Residence;
import dev.piecrust.price.PriceTable;
import dev.piecrust.prune.load.CampaignWork;
import dev.piecrust.prune.load.PruneLoad;
import dev.piecrust.prune.load.PruneMemory;
import dev.piecrust.prune.load.SubjectShape;
import dev.piecrust.spec.CampaignIds;
import dev.piecrust.train.Training;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Estimates a campaign on this machine, from its spec and from what is known of it already. */
public final class Estimator {
  /** What a busy device makes of its best matrix product: all but all, half, a sixth. */
  private static final Range SLOWNESS = new Range(1.2, 2, 6);

  /** A long prompt; memory is estimated for the worst. */
  private static final int PROMPT_TOKENS = 60;

  private final CampaignSpec spec;
  private final Optional<CampaignStatus> status;
  private final SubjectCheck look;
  private final double flops;

  /**
   * @param spec pinned
   * @param status of the campaign, if it has been started
   */
  public Estimator(CampaignSpec spec, Optional<CampaignStatus> status, HubFolders folders) {
    this(spec, status, folders, measured());
  }

  /**
   * @param flops floating-point operations that this machine does in a second
   */
  public Estimator(
      CampaignSpec spec, Optional<CampaignStatus> status, HubFolders folders, double flops) {
    this.spec = spec;
    this.status = status;
    this.look = SubjectCheck.here(spec, folders);
    this.flops = flops;
  }

  /** How many floating-point operations this machine does in a second. */
  static double measured() {
    return MachineRate.flops();
  }

  /**
   * The estimate. What the campaign could not read is a user error here already.
   *
   * @param today for prices that are old and models that go
   */
  public CampaignEstimate estimate(PriceTable prices, LocalDate today) {
    return estimate(prices, today, model -> Optional.empty());
  }

  /**
   * The same with what endpoints say of their models.
   *
   * @param shutDown the day from which a model is gone, where its endpoint names one
   */
  public CampaignEstimate estimate(
      PriceTable prices, LocalDate today, Function<LlmSpec, Optional<LocalDate>> shutDown) {
    Optional<LlmEstimate> llm = LlmEstimator.of(spec, selected(), prices::price);
    SubjectShape shape = look.readableShape();
    CampaignWork work =
        CampaignWork.of(spec, shape, llm.map(LlmEstimate::features).orElse(Range.ZERO));
    PruneLoad load = PruneLoad.of(spec.prune(), spec.prune().batch(), PROMPT_TOKENS);
    return new CampaignEstimate(
        CampaignIds.of(spec),
        work.prunePasses(),
        work.flops().times(SLOWNESS).times(1 / flops),
        1,
        PruneMemory.estimate(shape, load, Residence.ofThisProcess()).total(),
        look.room(shape),
        llm,
        spec.limits().usd(),
        Stream.concat(
                spec.models().stream()
                    .flatMap(
                        model -> prices.warnings(model, today, shutDown.apply(model)).stream()),
                Stream.of(misfit(shape), activations(shape)).flatMap(Optional::stream))
            .distinct()
            .toList());
  }

  /** Descriptions of another transcoder's features would be of no use. */
  private Optional<String> misfit(SubjectShape shape) {
    return spec.interpret()
        .flatMap(InterpretSpec::descriptions)
        .flatMap(
            file -> DescriptionFit.warning(Path.of(file.path()), shape.layers(), shape.features()));
  }

  /** What a training writes to a disk. */
  private Optional<String> activations(SubjectShape shape) {
    return spec.train().flatMap(train -> Training.diskNote(train, shape.layers(), shape.width()));
  }

  /** What is explained is chosen from the real union of kept features. */
  private Optional<Integer> selected() {
    return status
        .flatMap(
            s ->
                s.stages().stream()
                    .filter(stage -> stage.stage().equals(FeatureStages.EXPLAIN))
                    .findFirst())
        .map(StageProgress::total);
  }
}
