package dev.piecrust.ui;

import dev.piecrust.view.compare.Comparing;
import io.quarkus.qute.TemplateInstance;
import java.util.List;
import java.util.Optional;

/**
 * Campaigns beside one another, or the question which.
 *
 * @param wrong why they cannot be compared; may be empty
 */
record ComparePage(
    Shell shell,
    List<CampaignHead> campaigns,
    List<String> chosen,
    Optional<Comparing> compared,
    CompareShow show,
    String wrong)
    implements TemplateInstance {}
