package dev.piecrust.store;

/** All stores of one database. */
public record Stores(
    CampaignStore campaigns,
    UnitStore units,
    Checkpoints checkpoints,
    PromptResults results,
    CircuitResults circuits,
    FeatureStore features) {
  public static Stores of(Database database) {
    return new Stores(
        new CampaignStore(database),
        new UnitStore(database),
        new Checkpoints(database),
        new PromptResults(database),
        new CircuitResults(database),
        new FeatureStore(database));
  }
}
