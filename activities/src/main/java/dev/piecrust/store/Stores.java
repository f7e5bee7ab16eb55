package dev.piecrust.store;

/** All stores of one database. */
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
    BatchStore batches) {
  public static Stores of(Database database) {
    return new Stores(
        new CampaignStore(database),
        new UnitStore(database),
        new Checkpoints(database),
        new PromptResults(database),
        new CircuitResults(database),
        new FeatureStore(database),
        new Accounts(database),
        new CallLedger(database),
        new Costs(database),
        new Endpoints(database),
        new LlmWorkers(database),
        new BatchStore(database));
  }
}
