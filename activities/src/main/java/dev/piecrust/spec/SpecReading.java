package dev.piecrust.spec;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.util.List;
import java.util.function.Function;

/**
 * A spec that was read, and what is wrong in files that it names.
 *
 * @param spec without those files, as if they were not named
 * @param problems a line for each
 */
public record SpecReading(CampaignSpec spec, List<String> problems) {
  public SpecReading {
    problems = List.copyOf(problems);
  }

  /**
   * What is made of the spec; a user error where there are problems, with a line for each and then
   * those that the work itself stumbles over.
   */
  public <T> T with(Function<CampaignSpec, T> work) {
    if (problems.isEmpty()) {
      return work.apply(spec);
    }
    String all = String.join("\n", problems);
    try {
      T unused = work.apply(spec);
    } catch (PieCrustException e) {
      throw e.category() == FailureCategory.USER
          ? user("%s", String.join("\n", all, String.valueOf(e.getMessage())))
          : e;
    }
    throw user("%s", all);
  }
}
