package dev.piecrust.store;

import dev.piecrust.store.database.PostgresEngine;

class PostgresLedgerIT extends LedgerContract {
  PostgresLedgerIT() {
    super(new PostgresEngine());
  }
}
