package dev.piecrust.workflow.feature;

import static java.util.stream.Collectors.toCollection;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.workflow.campaign.SelfPause;
import dev.piecrust.workflow.campaign.TooManyFailures;
import dev.piecrust.workflow.hold.PauseControl;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A sliding window over the selected features: so many are under way at once, and where one ends
 * the next begins.
 */
public final class FeatureWindow {
  /**
   * Features under way at once, whatever is asked for: each has at most two activities pending, and
   * Temporal wants fewer than 500 of them.
   */
  static final int MOST_AT_ONCE = 200;

  /** Features fetched at once: some 10 KB. */
  static final int PAGE = 200;

  private final FeatureRequest request;
  private final ControlActivities control;
  private final PauseControl gate;
  private final SelfPause pause;
  private final String stage;
  private final Function<FeatureUnit, FeatureOutcome> work;
  private final CancellationScope scope = Workflow.newCancellationScope(this::startAll);
  private final Deque<FeatureId> page = new ArrayDeque<>();
  private final Set<Integer> failed;
  private final Set<Integer> nothing;
  private final Deque<Integer> open;
  private final Set<Integer> left = new TreeSet<>();
  private int next;
  private int underWay;
  private int retries;
  private Optional<TemporalFailure> fatal = Optional.empty();

  /**
   * @param gate closes past the allowed share of failed features
   * @param work works on a feature and says what became of it; what it throws ends the whole window
   */
  public FeatureWindow(
      FeatureRequest request,
      ControlActivities control,
      PauseControl gate,
      String stage,
      Function<FeatureUnit, FeatureOutcome> work) {
    this.request = request;
    this.control = control;
    this.gate = gate;
    this.pause = new SelfPause(request.campaignId(), gate);
    this.retries = request.hold().retries();
    this.stage = stage;
    this.work = work;
    this.next = request.progress().next();
    this.failed = request.progress().failed().stream().boxed().collect(toCollection(TreeSet::new));
    this.nothing =
        request.progress().nothing().stream()
            .flatMapToInt(Ordinals::stream)
            .boxed()
            .collect(toCollection(TreeSet::new));
    this.open = request.progress().open().stream().boxed().collect(toCollection(ArrayDeque::new));
  }

  /**
   * Works on all features, first on those that were left open; where the history grows long it
   * stops early, with nothing under way, and what waits for answers is left open again. Past the
   * allowed share of failed features the campaign pauses, and somebody has to say how to go on.
   */
  public FeatureProgress run() {
    try {
      scope.run();
    } catch (TemporalFailure e) {
      stop(e);
      Workflow.newDetachedCancellationScope(this::awaitAll).run();
      throw fatal.orElse(e);
    }
    fatal.ifPresent(
        e -> {
          throw e;
        });
    left.addAll(open);
    return new FeatureProgress(
        next, Ordinals.of(failed), Ordinals.of(left), Optional.of(Ordinals.of(nothing)));
  }

  /** How many features have not been worked on to their end, those under way among them. */
  public int left() {
    return request.features() - next + open.size() + underWay;
  }

  private void startAll() {
    do {
      startEach();
      awaitAll();
      if (gate.isStopped()) {
        gate.pass();
      }
      takeRetries();
    } while (hasMore() && !Workflow.getInfo().isContinueAsNewSuggested());
  }

  private void startEach() {
    int atOnce = Math.min(request.concurrency(), MOST_AT_ONCE);
    while (hasMore() && !Workflow.getInfo().isContinueAsNewSuggested()) {
      Workflow.await(() -> underWay < atOnce);
      takeRetries();
      if (!open.isEmpty()) {
        int ordinal = open.remove();
        start(ordinal, features(ordinal, ordinal + 1).get(0));
      } else {
        FeatureId feature = nextFeature();
        int ordinal = next++;
        if (!request.leftOut().contains(ordinal)) {
          start(ordinal, feature);
        }
      }
    }
  }

  /** What failed is tried again, where somebody asked for that. */
  private void takeRetries() {
    if (retries != gate.hold().retries()) {
      retries = gate.hold().retries();
      open.addAll(failed);
      failed.clear();
    }
  }

  private void awaitAll() {
    Workflow.await(() -> underWay == 0);
  }

  private boolean hasMore() {
    return !open.isEmpty() || next < request.features();
  }

  private void start(int ordinal, FeatureId feature) {
    underWay++;
    Promise<Void> unused = Async.procedure(() -> workOn(ordinal, feature));
  }

  private FeatureId nextFeature() {
    if (page.isEmpty()) {
      page.addAll(features(next, Math.min(next + PAGE, request.features())));
    }
    return page.remove();
  }

  private List<FeatureId> features(int from, int to) {
    List<FeatureId> features = control.selectedFeatures(request.campaignId(), from, to);
    if (features.isEmpty()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "the list of features ends after %d of %d".formatted(from, request.features()),
          "INTERNAL");
    }
    return features;
  }

  private void workOn(int ordinal, FeatureId feature) {
    try {
      FeatureOutcome outcome = work.apply(new FeatureUnit(request.campaignId(), feature));
      if (outcome instanceof FeatureOutcome.Failed failure) {
        fail(ordinal, failure.reason());
      } else if (outcome instanceof FeatureOutcome.Nothing) {
        nothing.add(ordinal);
      }
    } catch (LeftForLater waits) {
      left.add(ordinal);
    } catch (TemporalFailure e) {
      stop(e);
    } finally {
      underWay--;
    }
  }

  private void fail(int ordinal, String reason) {
    takeRetries();
    failed.add(ordinal);
    int features = request.features() - request.leftOut().size();
    TooManyFailures failures =
        new TooManyFailures(
            stage,
            failed.size(),
            features,
            "features",
            request.failureShare(),
            gate.hold().accepted(),
            reason);
    if (failures.isSo()) {
      failures.throwWhereItEndsTheCampaign();
      pause.tooManyFailed(failures);
    }
  }

  private void stop(TemporalFailure e) {
    if (fatal.isEmpty() && !scope.isCancelRequested()) {
      fatal = Optional.of(e);
      scope.cancel("another feature ended the work on all of them");
    }
  }
}
