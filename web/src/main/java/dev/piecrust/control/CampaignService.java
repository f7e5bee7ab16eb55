package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.report.ExportFormat;
import dev.piecrust.report.table.ResultTable;
import dev.piecrust.store.ledger.Spend;
import dev.piecrust.view.campaign.CampaignCard;
import dev.piecrust.view.compare.Comparing;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Everything that people do with campaigns. The command line and the REST API go through it, on the
 * spot or over the network. What is asked wrongly is a user error.
 */
public interface CampaignService {
  /**
   * Fixes what a spec leaves open: every repository of the hub that it names is pinned to a commit,
   * and a transcoder that a campaign here trained is in its folder. A spec has the id of the
   * campaign that it starts when it is pinned.
   */
  PinnedSpec pin(CampaignSpec spec);

  /**
   * Starts the campaign of the spec, pinned. One that is open goes on, one that has failed or was
   * cancelled starts again where it stood, and one that has finished is left as it is.
   *
   * @param fresh forget an ended campaign's results first
   * @return the campaign's id
   */
  String submit(CampaignSpec spec, boolean fresh);

  /** All campaigns, the newest first. */
  List<CampaignStatus> list();

  /** All campaigns at a glance, the newest first. */
  List<CampaignCard> cards();

  /**
   * Campaigns beside one another; each is compared with the first.
   *
   * @param ids two to six
   */
  Comparing compare(List<String> ids);

  /** Where a campaign stands, if there is one of this id. */
  Optional<CampaignStatus> find(String id);

  /** Where a campaign stands. */
  default CampaignStatus status(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  /** What happened to a campaign, in order. */
  List<CampaignEvent> events(String id);

  /**
   * Lets what is under way end, and nothing new start; also at the next start of the program.
   *
   * @param who asks for it, for the campaign's events; of all commands
   */
  void pause(String id, String who);

  /** Lets a paused campaign go on. */
  void resume(String id, String who);

  /** Ends a campaign early, with the results that it has. */
  void finish(String id, String who);

  /**
   * Raises what a campaign may spend on language models; one that is paused for its budget goes on.
   *
   * @param usd the new cap, more than the present one and than what is spent
   */
  void raiseBudget(String id, BigDecimal usd, String who);

  /** Tries what failed once more: at the end of a campaign that runs, at once in one that ended. */
  void retry(String id, String who);

  /** What a campaign's language models cost so far. */
  Spend spend(String id);

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
    return user("there is no campaign '%s', expected one that 'status' lists", id);
  }
}
