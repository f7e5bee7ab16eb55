package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.ResultTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that people do with campaigns. The command line and the REST API go through it, on the
 * spot or over the network. What is asked wrongly is a user error.
 */
public interface CampaignService {
  /**
   * Starts the spec's campaign. One that is open goes on, one that has failed or was cancelled
   * starts again where it stood, and one that has finished is left as it is.
   *
   * @param fresh forget an ended campaign's results first
   * @return the campaign's id
   */
  String submit(CampaignSpec spec, boolean fresh);

  /** All campaigns, the newest first. */
  List<CampaignStatus> list();

  /** Where a campaign stands, if there is one of this id. */
  Optional<CampaignStatus> find(String id);

  /** Where a campaign stands. */
  default CampaignStatus status(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  /** What happened to a campaign, in order. */
  List<CampaignEvent> events(String id);

  /**
   * Stops a campaign; the results that it has stay.
   *
   * @param who asks for it, for the campaign's events
   */
  void cancel(String id, String who);

  /** The results so far. */
  ResultTable table(String id);

  /** Writes the results into a folder, which is made where it is missing. */
  void export(String id, ExportFormat format, Path folder);

  /** The error for an id that no campaign has. */
  static PieCrustException unknown(String id) {
    return user("there is no campaign '%s'; 'status' lists those that exist", id);
  }
}
