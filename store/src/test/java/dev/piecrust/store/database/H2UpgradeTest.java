package dev.piecrust.store.database;

class H2UpgradeTest extends UpgradeContract {
  H2UpgradeTest() {
    super(TestEngine.H2);
  }
}
