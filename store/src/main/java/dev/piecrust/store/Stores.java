package dev.piecrust.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

/**
 * All stores of one database.
 *
 * @param meters where this process counts what it does
 */
public record Stores(
    CampaignStore campaigns,
    UnitStore units,
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
