package dev.piecrust.store;

import dev.piecrust.store.database.TestEngine;

class H2ViewTest extends ViewContract {
  H2ViewTest() {
    super(TestEngine.H2);
  }
}
