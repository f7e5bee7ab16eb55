package dev.piecrust.store;

import dev.piecrust.store.database.PostgresEngine;

class PostgresViewIT extends ViewContract {
  PostgresViewIT() {
    super(new PostgresEngine());
  }
}
