package dev.piecrust.store;

import dev.piecrust.store.database.PostgresEngine;

class PostgresStoreIT extends StoreContract {
  PostgresStoreIT() {
    super(new PostgresEngine());
  }
}
