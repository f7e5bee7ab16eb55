package dev.piecrust.bench.web;

import dev.piecrust.control.Served;
import java.util.function.Supplier;

/** The program's own server of pages and API, in this process. */
public interface PageServer {
  /** Has it serve what is started here. */
  <T extends Served> T serve(Supplier<T> start);

  /** Its port on 127.0.0.1. */
  int httpPort();

  /** The token that every request must carry. */
  String token();
}
