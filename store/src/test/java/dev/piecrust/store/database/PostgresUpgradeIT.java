package dev.piecrust.store.database;

class PostgresUpgradeIT extends UpgradeContract {
  PostgresUpgradeIT() {
    super(new PostgresEngine());
  }
}
