package dev.piecrust.store;

import dev.piecrust.store.campaign.CampaignStore;
import dev.piecrust.store.campaign.Checkpoints;
import dev.piecrust.store.campaign.UnitAttempts;
import dev.piecrust.store.campaign.UnitStore;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.store.database.SqlReader;
import dev.piecrust.store.features.FeatureStore;
import dev.piecrust.store.ledger.Accounts;
import dev.piecrust.store.ledger.BatchStore;
import dev.piecrust.store.ledger.CallLedger;
import dev.piecrust.store.ledger.Costs;
import dev.piecrust.store.ledger.LlmWorkers;
import dev.piecrust.store.process.WorkerProcesses;
import dev.piecrust.store.rate.Endpoints;
import dev.piecrust.store.result.CircuitResults;
import dev.piecrust.store.result.KeptPrompts;
import dev.piecrust.store.result.PromptResults;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.stream.Stream;

/**
 * All stores of one database.
 *
 * @param meters where this process counts what it does
 */
public record Stores(
    CampaignStore campaigns,
    UnitStore units,
    UnitAttempts attempts,
    Checkpoints checkpoints,
    PromptResults results,
    CircuitResults circuits,
    FeatureStore features,
    Accounts accounts,
    CallLedger calls,
    Costs costs,
    Endpoints endpoints,
    LlmWorkers llmWorkers,
    BatchStore batches,
    SqlReader reader,
    KeptPrompts keptPrompts,
    Views views,
    WorkerProcesses processes,
    MeterRegistry meters) {
  /**
   * A connected, migrated database with all that the stores keep. One that another process holds is
   * a user error; one that does not answer is an external one.
   */
  public static Database database(DatabaseConfig config) {
    return Database.open(
        config,
        Stream.of(
                CampaignStore.ROWS,
                PromptResults.ROWS,
                FeatureStore.ROWS,
                CallLedger.ROWS,
                Endpoints.ROWS,
                WorkerProcesses.ROWS)
            .<Class<?>>flatMap(List::stream)
            .toList());
  }

  /** Stores that count nothing. */
  public static Stores of(Database database) {
    return of(database, new CompositeMeterRegistry());
  }

  /** Stores that count; opening them also fills in what older programs did not record. */
  public static Stores of(Database database, MeterRegistry meters) {
    CampaignStore campaigns = new CampaignStore(database);
    campaigns.describeOld();
    return new Stores(
        campaigns,
        new UnitStore(database, meters),
        new UnitAttempts(database),
        new Checkpoints(database),
        new PromptResults(database),
        new CircuitResults(database),
        new FeatureStore(database),
        new Accounts(database),
        new CallLedger(database, meters),
        new Costs(database),
        new Endpoints(database),
        new LlmWorkers(database, meters),
        new BatchStore(database),
        new SqlReader(database),
        new KeptPrompts(database),
        Views.of(database),
        new WorkerProcesses(database),
        meters);
  }
}
