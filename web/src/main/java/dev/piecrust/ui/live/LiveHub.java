package dev.piecrust.ui.live;

import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.store.Stores;
import dev.piecrust.store.process.ModelLoad;
import dev.piecrust.view.campaign.LiveRates;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages which campaigns have changed. One thread of the process looks, twice a second or
 * less often where many listen, and only while somebody does; each page gets the same few bytes,
 * and asks for what it shows. Other processes' changes are seen the same way: in the database.
 */
@Singleton
public class LiveHub {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);
  private static final long EVERY_MS = 500;

  /** A thousand words a second at most are said, and fewer and longer ones where many listen. */
  private static final int LISTENERS_A_MS = 1;

  /** A page that hears nothing for longer takes the connection for lost. */
  private static final long STILL_MS = 15_000;

  private final Stores stores;
  private final LiveRates rates;
  private final Clock clock = Clock.systemUTC();
  private final BroadcastProcessor<LiveNews> news = BroadcastProcessor.create();
  private final AtomicInteger listeners = new AtomicInteger();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread daemon = new Thread(task, "piecrust-live");
            daemon.setDaemon(true);
            return daemon;
          });
  private Map<String, String> known = Map.of();
  private long lastEvent = -1;
  private Instant lastWord = Instant.EPOCH;
  private Instant nextLook = Instant.EPOCH;
  private boolean looking;

  public LiveHub(Stores stores, LiveRates rates) {
    this.stores = stores;
    this.rates = rates;
  }

  /** What happens from now on, for as long as someone listens; who is too slow misses some. */
  Multi<LiveNews> listen() {
    begin();
    return news.onOverflow()
        .drop()
        .onSubscription()
        .invoke(listeners::incrementAndGet)
        .onTermination()
        .invoke(listeners::decrementAndGet);
  }

  private synchronized void begin() {
    if (!looking) {
      looking = true;
      var unused = thread.scheduleWithFixedDelay(this::look, 0, EVERY_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void look() {
    Instant start = clock.instant();
    if (listeners.get() == 0 || start.isBefore(nextLook)) {
      return;
    }
    nextLook = start.plusMillis(listeners.get() / LISTENERS_A_MS);
    try {
      Set<String> changed = changed(signatures());
      changed.addAll(withNewEvents());
      Instant now = clock.instant();
      if (!changed.isEmpty()) {
        tell(LiveNews.changed(changed), now);
      } else if (now.isAfter(lastWord.plusMillis(STILL_MS))) {
        tell(LiveNews.STILL, now);
      }
    } catch (RuntimeException e) {
      LOG.info("could not look for changes: {}", e.getMessage());
    }
  }

  private void tell(LiveNews what, Instant now) {
    lastWord = now;
    news.onNext(what);
  }

  /** What is different from the last look; nothing at the first. */
  private Set<String> changed(Map<String, String> seen) {
    Set<String> changed = new TreeSet<>();
    if (!known.isEmpty()) {
      seen.forEach(
          (id, signature) -> {
            if (!signature.equals(known.get(id))) {
              changed.add(id);
            }
          });
      known.keySet().stream().filter(id -> !seen.containsKey(id)).forEach(changed::add);
    }
    known = seen;
    return changed;
  }

  /** Something that differs whenever a page would look different, by campaign. */
  private Map<String, String> signatures() {
    List<CampaignStatus> open = stores.campaigns().some(stores.campaigns().openIds());
    rates.observe(open, clock.instant());
    Map<String, String> signatures = new HashMap<>();
    open.forEach(status -> signatures.put(status.id(), status.toString()));
    stores
        .reader()
        .list(
            "select a.campaign_id, a.spent_usd, a.reserved_usd, a.cap_usd from llm_account a"
                + " join campaign c on c.id = a.campaign_id where c.finished_at is null",
            Map.of(),
            row ->
                Map.entry(row.text(0), row.amount(1) + "/" + row.amount(2) + "/" + row.amount(3)))
        .forEach(money -> signatures.merge(money.getKey(), money.getValue(), String::concat));
    stores
        .endpoints()
        .outages()
        .forEach((id, outage) -> signatures.merge(id, outage.sentence(), String::concat));
    ModelLoad.of(stores.processes().all())
        .forEach((id, load) -> signatures.merge(id, load.sentence(), String::concat));
    signatures.put(LiveNews.LIST, count());
    return signatures;
  }

  private String count() {
    return stores
        .reader()
        .first("select count(*), max(created_at) from campaign", Map.of(), row -> row.text(0))
        .orElse("");
  }

  /** Campaigns that something happened to; none at the first look. */
  private List<String> withNewEvents() {
    long last = lastEvent;
    List<String> ids = new ArrayList<>();
    stores
        .reader()
        .list(
            last < 0
                ? "select max(id), '' from campaign_event"
                : "select max(id), campaign_id from campaign_event where id > :last"
                    + " group by campaign_id",
            last < 0 ? Map.of() : Map.of("last", last),
            row -> Map.entry(row.number(0), row.text(1)))
        .forEach(
            event -> {
              lastEvent = Math.max(lastEvent, event.getKey());
              if (last >= 0) {
                ids.add(event.getValue());
              }
            });
    return ids;
  }

  @PreDestroy
  void stop() {
    thread.shutdown();
    news.onComplete();
  }
}
