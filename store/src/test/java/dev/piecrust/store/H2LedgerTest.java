package dev.piecrust.store;

import dev.piecrust.store.database.TestEngine;

class H2LedgerTest extends LedgerContract {
  H2LedgerTest() {
    super(TestEngine.H2);
  }
}
