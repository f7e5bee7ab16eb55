package dev.piecrust.control;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignStatus;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the campaign that somebody means: by its id, its name, or the beginning of its id. */
public final class CampaignFinder {
  /** What the help says of an ID. */
  public static final String DESCRIPTION =
      "This is the campaign's id as 'status' lists it, its beginning, or the campaign's name.";

  private static final int LISTED = 10;

  private CampaignFinder() {}

  /** The id of the one campaign that is meant; none, or several, are a user error. */
  public static String idOf(CampaignService campaigns, String given) {
    if (given.isBlank() || campaigns.find(given).isPresent()) {
      return given;
    }
    List<CampaignStatus> all = campaigns.list();
    List<String> named =
        all.stream().filter(one -> one.name().equals(given)).map(CampaignStatus::id).toList();
    List<String> meant =
        named.isEmpty()
            ? all.stream().map(CampaignStatus::id).filter(id -> id.startsWith(given)).toList()
            : named;
    if (meant.size() > 1) {
      throw user(
          "'%s' %s of %d campaigns, expected the id of one: %s",
          given, named.isEmpty() ? "begins the ids" : "is the name", meant.size(), listed(meant));
    }
    return meant.stream().findFirst().orElse(given); // which is unknown, as its use will say
  }

  private static String listed(List<String> ids) {
    String first = ids.stream().limit(LISTED).collect(Collectors.joining(", "));
    return ids.size() <= LISTED ? first : first + ", and %d more".formatted(ids.size() - LISTED);
  }
}
