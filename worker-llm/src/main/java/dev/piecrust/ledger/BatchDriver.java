package dev.piecrust.ledger;

import static java.util.stream.Collectors.toMap;

import dev.piecrust.batch.BatchApi;
import dev.piecrust.batch.BatchReply;
import dev.piecrust.llm.LlmReply;
import dev.piecrust.price.Bill;
import dev.piecrust.price.Price;
import dev.piecrust.price.ServiceTier;
import dev.piecrust.store.ledger.BatchInfo;
import dev.piecrust.store.ledger.BatchItem;
import dev.piecrust.store.ledger.BatchState;
import dev.piecrust.store.ledger.BatchStore;
import dev.piecrust.store.ledger.CallLedger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/**
 * Drives the batches of endpoints: whoever asks takes a lease, hands over what waits, collects what
 * is answered, and has what expired wait again. A step that was cut off is found and finished by
 * the next driver.
 */
final class BatchDriver {
  /** What a provider takes in one batch, with room to spare. */
  private static final int LARGEST = 5_000;

  private final BatchStore batches;
  private final CallLedger calls;
  private final CallRequests wishes;
  private final String worker;
  private final BatchSettings settings;

  /** A lease is a process's, so its threads need more to keep out of each other's way. */
  private final ConcurrentHashMap<String, Semaphore> driving = new ConcurrentHashMap<>();

  BatchDriver(
      BatchStore batches,
      CallLedger calls,
      CallRequests wishes,
      String worker,
      BatchSettings settings) {
    this.batches = batches;
    this.calls = calls;
    this.wishes = wishes;
    this.worker = worker;
    this.settings = settings;
  }

  /**
   * Does what is to be done at this moment, unless somebody else does.
   *
   * @param keyless what of a provider's words may be written down
   * @return whether the provider was asked for anything, and answered
   */
  boolean drive(
      String endpoint, BatchApi api, Optional<Price> price, UnaryOperator<String> keyless) {
    Semaphore turn = driving.computeIfAbsent(endpoint, key -> new Semaphore(1));
    if (!turn.tryAcquire()) {
      return false;
    }
    try {
      return batches.lease("batches " + endpoint, worker, settings.lease())
          && step(endpoint, api, price, keyless);
    } finally {
      turn.release();
    }
  }

  private boolean step(
      String endpoint, BatchApi api, Optional<Price> price, UnaryOperator<String> keyless) {
    boolean asked = false;
    for (BatchInfo batch : batches.open(endpoint)) {
      if (batch.state() == BatchState.SUBMITTING) {
        handOver(batch, api);
        asked = true;
      } else if (batch.idleMs() >= settings.poll().toMillis()) {
        collect(batch, api, price, keyless);
        asked = true;
      }
    }
    if (isDue(endpoint)) {
      String id = batches.fill(endpoint, LARGEST);
      handOverNew(id, api);
      asked = true;
    }
    return asked;
  }

  private boolean isDue(String endpoint) {
    long waiting = batches.waiting(endpoint);
    return waiting >= settings.enough()
        || (waiting > 0 && batches.longestWait(endpoint).compareTo(settings.longestWait()) >= 0);
  }

  private void handOverNew(String id, BatchApi api) {
    batches.submitted(id, api.submit(id, batches.items(id)));
  }

  /** Somebody began to hand it over, and may have come to the end. */
  private void handOver(BatchInfo batch, BatchApi api) {
    List<BatchItem> items = batches.items(batch.id());
    Optional<String> there =
        api.find(batch.id(), items.size(), batch.createdMs(), remote -> !batches.known(remote));
    batches.submitted(batch.id(), there.orElseGet(() -> api.submit(batch.id(), items)));
  }

  private void collect(
      BatchInfo batch, BatchApi api, Optional<Price> price, UnaryOperator<String> keyless) {
    batches.polled(batch.id());
    Optional<List<BatchReply>> replies = api.replies(batch.remoteId().orElseThrow());
    if (replies.isPresent()) {
      Map<Long, String> asked =
          batches.items(batch.id()).stream().collect(toMap(BatchItem::call, BatchItem::body));
      for (BatchReply reply : replies.get()) {
        record(reply, Optional.ofNullable(asked.get(reply.call())), price, keyless);
      }
      batches.close(batch.id());
    }
  }

  /**
   * @param body what was asked; empty where that is answered already, and nothing changes
   */
  private void record(
      BatchReply reply,
      Optional<String> body,
      Optional<Price> price,
      UnaryOperator<String> keyless) {
    if (reply instanceof BatchReply.Refused refused) {
      calls.refuse(refused.call(), keyless.apply(refused.reason()));
    } else if (reply instanceof BatchReply.Answered answered) {
      LlmReply said = answered.reply();
      Optional<BigDecimal> usd =
          price.flatMap(
              known -> said.usage().map(usage -> Bill.of(known, usage, ServiceTier.BATCH)));
      String text = keyless.apply(said.text());
      body.flatMap(asked -> wishes.bounds(asked).doubt(said))
          .ifPresentOrElse(
              reason -> calls.settleAtWorst(reply.call(), text, said.truncated(), reason),
              () -> calls.settle(reply.call(), text, said.truncated(), said.usage(), usd));
    }
  }
}
