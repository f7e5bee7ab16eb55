package dev.piecrust.cluster;

import dev.piecrust.artifact.ArtifactStore;
import dev.piecrust.control.CampaignService;
import dev.piecrust.control.ControlActivitiesImpl;
import dev.piecrust.control.ProgramKind;
import dev.piecrust.control.ScheduleActivitiesImpl;
import dev.piecrust.control.Served;
import dev.piecrust.control.TemporalQueues;
import dev.piecrust.control.schedule.Schedules;
import dev.piecrust.embedded.Shutdown;
import dev.piecrust.observe.InstallationFigures;
import dev.piecrust.observe.Instruments;
import dev.piecrust.observe.SignsOfLife;
import dev.piecrust.report.Reports;
import dev.piecrust.store.Stores;
import dev.piecrust.view.Queues;
import dev.piecrust.workers.Tuning;
import dev.piecrust.workers.Workers;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workflows of an installation's campaigns, their book-keeping, and a way to them. One is
 * enough; two survive the loss of one.
 */
public final class ControlPlane implements Served {
  private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

  private static final String KIND = "control";

  private final Shutdown shutdown = new Shutdown();
  private final Shared shared;

  private ControlPlane(Installation installation, Duration drain, Instruments instruments) {
    shared = shutdown.add(Shared.openToWork(installation, instruments));
    shutdown.add(new InstallationFigures(shared.stores()));
    Workers workers =
        shutdown.add(
            new Workers(shared.temporal().client(), drain, Tuning.ofThisProcess(), instruments)
                .control(
                    new ControlActivitiesImpl(
                        shared.stores(), shared.artifacts(), shared.reports()))
                .schedules(new ScheduleActivitiesImpl(shared.campaigns()))
                .start());
    shutdown.add(
        new SignsOfLife(
            shared.stores().processes(),
            SignsOfLife.name(KIND),
            KIND,
            List.of(),
            workers.underway(),
            workers::hosted));
    // One that was told to begin by a process that died before Temporal knew of it.
    LOG.info("serves {}, continues {}", temporal(), shared.campaigns().continueOpen());
    instruments.vitals().begin();
  }

  /**
   * Starts to take work.
   *
   * @param drain how long what is under way may go on after {@link #close}
   * @param instruments where it is seen
   */
  public static ControlPlane start(
      Installation installation, Duration drain, Instruments instruments) {
    return new ControlPlane(installation, drain, instruments);
  }

  /** Where its work comes from. */
  public String temporal() {
    return shared.temporal().address();
  }

  @Override
  public CampaignService campaigns() {
    return shared.campaigns();
  }

  @Override
  public Reports reports() {
    return shared.reports();
  }

  @Override
  public Stores stores() {
    return shared.stores();
  }

  @Override
  public ArtifactStore artifacts() {
    return shared.artifacts();
  }

  @Override
  public ProgramKind kind() {
    return ProgramKind.INSTALLATION;
  }

  @Override
  public Queues queues() {
    return new TemporalQueues(shared.temporal().client());
  }

  @Override
  public Schedules schedules() {
    return shared.schedules();
  }

  @Override
  public void close() {
    shutdown.close();
  }
}
