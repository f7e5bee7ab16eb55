package dev.piecrust.workflow.feature;

import static java.util.stream.Collectors.toCollection;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.FeatureUnit;
import dev.piecrust.feature.FeatureId;
import dev.piecrust.workflow.campaign.FailureWords;
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
  private Optional<TemporalFailure> fatal = Optional.empty();

  /**
   * @param work works on a feature and says what became of it; what it throws ends the whole window
   */
  public FeatureWindow(
      FeatureRequest request,
      ControlActivities control,
      String stage,
      Function<FeatureUnit, FeatureOutcome> work) {
    this.request = request;
    this.control = control;
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
   * allowed share of failed features it ends what is under way and fails with a sentence.
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

  private void startAll() {
    int atOnce = Math.min(request.concurrency(), MOST_AT_ONCE);
    while (hasMore() && !Workflow.getInfo().isContinueAsNewSuggested()) {
      Workflow.await(() -> underWay < atOnce);
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
    awaitAll();
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
    failed.add(ordinal);
    int features = request.features() - request.leftOut().size();
    if (failed.size() > request.failureShare() * features) {
      stop(
          ApplicationFailure.newNonRetryableFailure(
              "%s: %d of %d features failed, more than limits.failure_share %s allows; the last: %s"
                  .formatted(stage, failed.size(), features, request.failureShare(), reason),
              FailureWords.TOO_MANY_FAILURES));
    }
  }

  private void stop(TemporalFailure e) {
    if (fatal.isEmpty() && !scope.isCancelRequested()) {
      fatal = Optional.of(e);
      scope.cancel("another feature ended the work on all of them");
    }
  }
}
