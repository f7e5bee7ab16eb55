package dev.piecrust.view.compare;

import dev.piecrust.campaign.CampaignState;
import dev.piecrust.feature.FadeMetric;
import dev.piecrust.report.analysis.Estimate;
import dev.piecrust.report.analysis.HeldOut;
import dev.piecrust.store.ledger.Spend;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Campaigns beside one another.
 *
 * @param sides the campaigns; each is compared with the first
 * @param tasks that any of them has
 * @param circuits on prompts held out, as the tables of each campaign have them
 * @param kept how much of what they keep is the same, where their transcoder is
 * @param fade what the evaluations say, where any has one
 * @param settings in which they differ
 * @param bakeOff their transcoders by what the others say, and by what trainings said of them;
 *     empty where they are not of one model
 */
public record Comparing(
    List<Side> sides,
    List<TaskCurves> tasks,
    List<Circuits> circuits,
    List<Kept> kept,
    List<FadeLine> fade,
    List<Setting> settings,
    List<BakeOffLine> bakeOff) {
  public Comparing {
    sides = List.copyOf(sides);
    tasks = List.copyOf(tasks);
    circuits = List.copyOf(circuits);
    kept = List.copyOf(kept);
    fade = List.copyOf(fade);
    settings = List.copyOf(settings);
    bakeOff = List.copyOf(bakeOff);
  }

  /** One of the campaigns. */
  public record Side(
      String id,
      String name,
      CampaignState state,
      Instant createdAt,
      Optional<Instant> finishedAt,
      Spend spend) {}

  /**
   * One task.
   *
   * @param samePrompts whether all campaigns that have the task have the same prompts, so that
   *     differences are paired
   */
  public record TaskCurves(
      String task, boolean samePrompts, List<Curve> curves, List<Difference> differences) {
    public TaskCurves {
      curves = List.copyOf(curves);
      differences = List.copyOf(differences);
    }
  }

  /** One method of one campaign. */
  public record Curve(String campaign, String method, List<Point> points) {
    public Curve {
      points = List.copyOf(points);
    }
  }

  /**
   * @param klLast mean over prompts, in nats
   */
  public record Point(int budget, Estimate klLast) {}

  /**
   * How much a campaign differs from the first.
   *
   * @param klLast mean difference, in nats; negative where the campaign does better
   * @param paired over the prompts that both have; otherwise over each one's own
   */
  public record Difference(
      String campaign, String method, int budget, Estimate klLast, boolean paired) {}

  /** How the circuits of a campaign did on the prompts of a task that it held out. */
  public record Circuits(String task, String campaign, HeldOut heldOut) {}

  /**
   * The features that any prompt of a task keeps, by each campaign's own rule for features, beside
   * those of the first campaign.
   *
   * @param rule such as {@code fap at K=100}
   * @param firstRule of the first campaign
   * @param features how many the campaign keeps
   * @param firstFeatures how many the first keeps
   * @param common how many both keep
   * @param jaccard from 0, nothing in common, to 1, the same
   */
  public record Kept(
      String task,
      String campaign,
      String rule,
      String firstRule,
      long features,
      long firstFeatures,
      long common,
      double jaccard) {}

  /**
   * One of FADE's metrics.
   *
   * @param means by campaign
   * @param differences from the first, by campaign; over the features that both have a score of,
   *     where there are two or more
   */
  public record FadeLine(
      FadeMetric metric, Map<String, Estimate> means, Map<String, Estimate> differences) {}

  /**
   * A setting in which they differ.
   *
   * @param values in the order of the campaigns; a dash where a campaign has no such setting
   */
  public record Setting(String name, List<String> values) {
    public Setting {
      values = List.copyOf(values);
    }
  }
}
