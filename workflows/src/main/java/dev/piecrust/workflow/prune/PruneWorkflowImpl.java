package dev.piecrust.workflow.prune;

import dev.piecrust.activity.CircuitShard;
import dev.piecrust.activity.ControlActivities;
import dev.piecrust.activity.PreparedTask;
import dev.piecrust.activity.PruneBatch;
import dev.piecrust.activity.Stages;
import dev.piecrust.activity.TaskRef;
import dev.piecrust.workflow.WorkflowFailures;
import dev.piecrust.workflow.campaign.CampaignOptions;
import dev.piecrust.workflow.gpu.Devices;
import dev.piecrust.workflow.hold.PauseControl;
import dev.piecrust.workflow.hold.PauseState;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The plan of one task: prepare it, prune its prompts batch by batch, look at its features and
 * circuits as a whole, and measure these on the prompts that were held out.
 */
public final class PruneWorkflowImpl implements PruneWorkflow {
  private final ControlActivities control =
      Workflow.newActivityStub(ControlActivities.class, CampaignOptions.control());
  private final PauseControl gate = new PauseControl();

  @Override
  public PruneResult prune(PruneRequest request) {
    request.hold().ifPresent(gate::begin);
    Devices devices = Devices.of(request.campaignId(), request.queue(), gate);
    return request.queue().isPresent() ? sideBySide(request, devices) : oneByOne(request, devices);
  }

  private PruneResult sideBySide(PruneRequest request, Devices devices) {
    FailureLimit limit = new FailureLimit(request, gate);
    BatchWindow window = new BatchWindow(request, devices, limit);
    return devices.during(window::left, () -> sideBySide(request, devices, limit, window));
  }

  private PruneResult sideBySide(
      PruneRequest request, Devices devices, FailureLimit limit, BatchWindow window) {
    WholeBatches prompts = new WholeBatches(devices, control, request.phases());
    CircuitUnits circuits = new CircuitUnits(new ParkingRunner(devices, control), request.phases());

    PruneProgress progress = request.progress().orElseGet(() -> open(request, devices));
    while (!progress.isComplete()) {
      Optional<String> noCircuits = progress.noCircuits();
      progress =
          switch (progress.step()) {
            case PROMPTS -> window.over(progress, prompts::run);
            case HELD_OUT ->
                window.over(
                    progress,
                    batch -> {
                      circuits.check(batch, noCircuits);
                      return 0;
                    });
            case CIRCUITS -> circuits(request, progress, circuits, devices, window);
            case DONE -> progress;
          };
      progress = limit.checked(progress, prompts.lastReason());
      continueAsNewIfLong(request, progress);
    }
    return new PruneResult(progress.prepared().prompts(), progress.failed());
  }

  private PruneProgress circuits(
      PruneRequest request,
      PruneProgress progress,
      CircuitUnits circuits,
      Devices devices,
      BatchWindow window) {
    Runnable measured =
        () -> {
          if (request.phases().asks()) {
            measureAsked(request, progress, devices, window);
          }
        };
    return progress.afterCircuits(
        request.phases().heldOut(), circuits.choose(progress.wholeTask(request), measured));
  }

  /** Question after question, each on all batches side by side. */
  private void measureAsked(
      PruneRequest request, PruneProgress progress, Devices devices, BatchWindow window) {
    PruneBatch task = progress.wholeTask(request);
    Supplier<List<CircuitShard>> open =
        () ->
            devices.call(worker -> worker.askCircuits(task)).open().stream()
                .flatMap(
                    question ->
                        question.batches().stream()
                            .map(from -> progress.batchAt(request, from))
                            .map(batch -> new CircuitShard(batch, question.question())))
                .toList();
    for (List<CircuitShard> shards = open.get(); !shards.isEmpty(); shards = open.get()) {
      window.over(
          shards,
          shard ->
              devices.call(
                  worker -> {
                    worker.measureCircuits(shard);
                    return shard;
                  }));
      continueAsNewIfLong(request, progress);
    }
  }

  /** As programs up to 0.6 did, whose campaigns go on like this. */
  private PruneResult oneByOne(PruneRequest request, Devices devices) {
    ParkingRunner runner = new ParkingRunner(devices, control);
    PruneUnits prompts = new PruneUnits(runner, request.phases());
    CircuitUnits circuits = new CircuitUnits(runner, request.phases());
    FailureLimit limit = new FailureLimit(request, gate);

    PruneProgress progress = request.progress().orElseGet(() -> open(request, devices));
    while (!progress.isComplete()) {
      if (progress.step() == PruneProgress.Step.PROMPTS) {
        PruneBatch batch = progress.nextBatch(request);
        progress = progress.afterPrompts(batch, prompts.run(batch));
      } else {
        progress = step(request, progress, circuits);
      }
      progress = limit.checked(progress, runner.lastReason());
      continueAsNewIfLong(request, progress);
    }
    return new PruneResult(progress.prepared().prompts(), progress.failed());
  }

  @Override
  public void hold(PauseState hold) {
    gate.set(hold);
  }

  private static PruneProgress step(
      PruneRequest request, PruneProgress progress, CircuitUnits circuits) {
    return switch (progress.step()) {
      case CIRCUITS ->
          progress.afterCircuits(
              request.phases().heldOut(), circuits.choose(progress.wholeTask(request)));
      case HELD_OUT -> {
        PruneBatch batch = progress.nextBatch(request);
        circuits.check(batch, progress.noCircuits());
        yield progress.afterHeldOut(batch);
      }
      case PROMPTS, DONE -> progress;
    };
  }

  private PruneProgress open(PruneRequest request, Devices gpu) {
    PreparedTask prepared = prepare(request, gpu);
    for (String stage : Stages.of(request.task(), request.phases())) {
      control.openStage(request.campaignId(), stage, prepared.prompts());
    }
    return PruneProgress.start(prepared);
  }

  private PreparedTask prepare(PruneRequest request, Devices gpu) {
    try {
      return gpu.call(
          worker -> worker.prepareTask(new TaskRef(request.campaignId(), request.task())));
    } catch (ActivityFailure e) {
      throw WorkflowFailures.ending(e);
    }
  }

  /** Temporal suggests it before a history grows so long that every replay is slow. */
  private void continueAsNewIfLong(PruneRequest request, PruneProgress progress) {
    if (Workflow.getInfo().isContinueAsNewSuggested() && !progress.isComplete()) {
      Workflow.newContinueAsNewStub(PruneWorkflow.class)
          .prune(request.continuedAt(progress, gate.hold()));
    }
  }
}
