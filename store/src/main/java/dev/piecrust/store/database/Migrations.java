package dev.piecrust.store.database;

import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database to this version's schema. The scripts are named one by one, because a packaged
 * application's class loader cannot list a folder.
 */
final class Migrations {
  private static final List<String> SCRIPTS =
      List.of(
          "V1__campaigns.sql",
          "V2__circuits.sql",
          "V3__features.sql",
          "V4__ledger.sql",
          "V5__pages.sql",
          "V6__views.sql",
          "V8__prices.sql",
          "V10__outages.sql",
          "V12__cancelled.sql",
          "V13__hosts.sql",
          "V14__metric.sql",
          "V15__ranking.sql");

  private Migrations() {}

  /** To the schema of this version. */
  static void run(DataSource source) {
    run(source, "latest");
  }

  /**
   * @param target number of the last script
   */
  static void run(DataSource source, String target) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(source)
        .target(target)
        .resourceProvider(new NamedScripts())
        .javaMigrationClassProvider(List::of)
        .load()
        .migrate();
  }

  private static final class NamedScripts implements ResourceProvider {
    @Override
    public @Nullable LoadableResource getResource(String name) {
      return SCRIPTS.contains(name) ? new MigrationScript(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return SCRIPTS.stream()
          .filter(script -> script.startsWith(prefix))
          .<LoadableResource>map(MigrationScript::new)
          .toList();
    }
  }
}
