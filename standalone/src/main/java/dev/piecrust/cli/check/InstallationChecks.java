package dev.piecrust.cli.check;

import static dev.piecrust.cli.check.Finding.check;

import dev.piecrust.artifact.ArtifactLocation;
import dev.piecrust.cluster.Installation;
import dev.piecrust.cluster.TemporalConnection;
import dev.piecrust.store.Stores;
import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.database.Database;
import java.util.List;

/** The checks of {@code doctor} that look at what the processes of an installation share. */
record InstallationChecks(Installation installation) {
  List<Finding> all() {
    return List.of(
        check("temporal", "see TEMPORAL_ADDRESS", InstallationChecks::temporal),
        check("database", "see " + Installation.DATABASE_URL, this::database),
        check(
            "artifacts",
            "see " + ArtifactLocation.VARIABLE,
            () -> ArtifactCheck.of(installation.artifacts())));
  }

  private static String temporal() {
    try (TemporalConnection temporal = TemporalConnection.open()) {
      return "answers at " + temporal.address();
    }
  }

  private String database() {
    try (Database database = Stores.database(installation.database())) {
      int campaigns = new CampaignStore(database).list().size();
      return "%s, %d campaign(s)".formatted(installation.database().url(), campaigns);
    }
  }
}
