package dev.piecrust.store.campaign;

import static dev.piecrust.failure.PieCrustException.user;
import static java.util.stream.Collectors.toMap;

import dev.piecrust.activity.TaskQueues;
import dev.piecrust.campaign.CampaignEvent;
import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.campaign.CampaignStatus;
import dev.piecrust.campaign.Json;
import dev.piecrust.campaign.LimitsSpec;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.database.Moments;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The campaigns, their states, stages and events. */
public final class CampaignStore {
  /** The entities of this package. */
  public static final List<Class<?>> ROWS =
      List.of(
          CampaignRow.class,
          StageRow.class,
          UnitRecord.class,
          UnitAttemptRow.class,
          UnitSumRow.class,
          CheckpointRow.class,
          EventRow.class);

  private static final List<CampaignState> OPEN =
      Arrays.stream(CampaignState.values()).filter(state -> !state.ended()).toList();

  /** Hexadecimal digits of a hash that tell some thousand subjects apart. */
  private static final int SHORT = 16;

  private final Database database;

  /** Of this database. */
  public CampaignStore(Database database) {
    this.database = database;
  }

  /** Records a new campaign as queued; false where one of this id is there already. */
  public boolean create(String id, CampaignSpec spec) {
    return database.call(
        em -> {
          if (em.find(CampaignRow.class, id) != null) {
            return false;
          }
          em.persist(new CampaignRow(id, spec, Moments.now()));
          return true;
        });
  }

  /** What the campaign is to do; an unknown id is a user error. */
  public CampaignSpec spec(String id) {
    return database.call(em -> spec(em, id));
  }

  /** The same within somebody else's transaction. */
  public static CampaignSpec spec(EntityManager em, String id) {
    return read(row(em, id));
  }

  /**
   * Takes over the requests and tokens a minute that a campaign may make from now on, and the
   * devices that may work on it. A change becomes an event.
   */
  public void rates(String id, LimitsSpec limits) {
    database.run(
        em -> {
          CampaignRow row = row(em, id);
          CampaignSpec spec = read(row);
          CampaignSpec changed = spec.within(spec.limits().atRatesOf(limits));
          if (!changed.equals(spec)) {
            row.spec = Json.write(changed);
            em.persist(
                new EventRow(id, Moments.now(), "rates", sentence(changed.limits()), "piecrust"));
          }
        });
  }

  private static String sentence(LimitsSpec limits) {
    return "from now on at most %s requests and %s tokens a minute"
            .formatted(atMost(limits.requestsPerMinute()), atMost(limits.tokensPerMinute()))
        + limits.devices().map(", on at most %d devices"::formatted).orElse("");
  }

  private static String atMost(Optional<Integer> limit) {
    return limit.map(String::valueOf).orElse("the provider's own limit of");
  }

  private static CampaignSpec read(CampaignRow row) {
    return Json.read(row.spec, CampaignSpec.class, "the spec of campaign " + row.id);
  }

  /** Where the campaign stands, if there is one of this id. */
  public Optional<CampaignStatus> find(String id) {
    return database.call(
        em ->
            Optional.ofNullable(em.find(CampaignRow.class, id))
                .map(row -> StatusReader.read(em, List.of(row)).get(0)));
  }

  /** Where the campaign stands; an unknown id is a user error. */
  public CampaignStatus status(String id) {
    return find(id).orElseThrow(() -> unknown(id));
  }

  /** Records which model and transcoder, byte for byte, the campaign ran on. */
  public void fingerprint(String id, String sha256) {
    database.run(em -> row(em, id).fingerprint = sha256);
  }

  /** What {@link #fingerprint(String, String)} recorded last, if anything ran yet. */
  public Optional<String> fingerprint(String id) {
    return database.call(em -> Optional.ofNullable(row(em, id).fingerprint));
  }

  /** The task queue of a campaign's subject: equal for campaigns that need the same. */
  public String subjectQueue(String id) {
    return TaskQueues.subject(Checkpoints.key(spec(id).subject()).substring(0, SHORT));
  }

  /** All campaigns, the newest first. */
  public List<CampaignStatus> list() {
    return database.call(
        em ->
            StatusReader.read(
                em,
                em.createQuery("from CampaignRow order by createdAt desc, id", CampaignRow.class)
                    .getResultList()));
  }

  /**
   * Where some campaigns stand, in the order in which they are named; unknown ones are left out.
   */
  public List<CampaignStatus> some(List<String> ids) {
    return database.call(
        em ->
            StatusReader.read(
                em,
                ids.stream()
                    .map(id -> em.find(CampaignRow.class, id))
                    .filter(Objects::nonNull)
                    .toList()));
  }

  /** Notes of campaigns that an earlier release recorded what they are about. */
  public void describeOld() {
    database.run(
        em ->
            em.createQuery("from CampaignRow where subject = ''", CampaignRow.class)
                .getResultStream()
                .forEach(row -> row.describe(read(row))));
  }

  /** The campaigns that have not ended, the oldest first. */
  public List<String> openIds() {
    return database.call(
        em ->
            em.createQuery(
                    "select id from CampaignRow where state in :open order by createdAt, id",
                    String.class)
                .setParameter("open", OPEN)
                .getResultList());
  }

  /** How many campaigns are in each state; states without a campaign are left out. */
  public Map<CampaignState, Long> byState() {
    return database.call(
        em ->
            em.createQuery("select state, count(*) from CampaignRow group by state", Object[].class)
                .getResultStream()
                .collect(toMap(row -> (CampaignState) row[0], row -> (Long) row[1])));
  }

  /**
   * Puts the campaign into a state, with a sentence for people (may be empty). A change becomes an
   * event; the same again changes nothing.
   */
  public void enter(String id, CampaignState state, String message) {
    database.run(
        em -> {
          CampaignRow row = row(em, id);
          if (row.state == state && row.message.equals(message)) {
            return;
          }
          Instant now = Moments.now();
          row.state = state;
          row.message = message;
          row.finishedAt = state.ended() ? now : null;
          if (state.ended() || state == CampaignState.QUEUED) {
            row.cancelledBy = null;
          }
          em.persist(new EventRow(id, now, "state", sentence(state, message), "piecrust"));
        });
  }

  /**
   * Records that a campaign is to end, at somebody's request that was accepted. It holds until the
   * campaign has ended, in whatever process.
   */
  public void cancelling(String id, String who) {
    database.run(
        em -> {
          CampaignRow row = row(em, id);
          if (!row.state.ended()) {
            row.cancelledBy = who;
          }
        });
  }

  /** Who asked for the campaign's end, which has not come yet. */
  public Optional<String> cancelledBy(String id) {
    return database.call(em -> Optional.ofNullable(row(em, id).cancelledBy));
  }

  /** Announces how many prompts a stage will work on; again with another number corrects it. */
  public void openStage(String id, String stage, int prompts) {
    database.run(
        em -> {
          row(em, id);
          StageRow.Key key = new StageRow.Key(id, stage);
          StageRow there = em.find(StageRow.class, key);
          if (there == null) {
            em.persist(new StageRow(key, prompts, Moments.now()));
          } else {
            there.prompts = prompts;
          }
        });
  }

  /** Forgets the campaign and its results; checkpoints and artifacts stay. */
  public void delete(String id) {
    database.run(
        em ->
            em.createQuery("delete from CampaignRow where id = :id")
                .setParameter("id", id)
                .executeUpdate());
  }

  /** Records that something happened. */
  public void event(String id, String kind, String message, String who) {
    database.run(
        em -> {
          row(em, id);
          em.persist(new EventRow(id, Moments.now(), kind, message, who));
        });
  }

  /** The kind of events that say how the subject was found to be; manifests have them. */
  public static final String SUBJECT_EVENT = "subject";

  /** The kind of the event that a campaign was asked to train anew. */
  public static final String AFRESH_EVENT = "afresh";

  /** Records what the program noticed, unless that is the last of its kind that is recorded. */
  public void eventOnce(String id, String kind, String message) {
    if (said(id, kind).filter(message::equals).isEmpty()) {
      event(id, kind, message, "piecrust");
    }
  }

  /** What was said last of this kind; absent where nothing was. */
  public Optional<String> said(String id, String kind) {
    return events(id).stream()
        .filter(event -> event.kind().equals(kind))
        .reduce((before, last) -> last)
        .map(CampaignEvent::message);
  }

  /** How the subject was found to be when it was loaded, each sentence once, sorted. */
  public List<String> notes(String id) {
    return events(id).stream()
        .filter(event -> event.kind().equals(SUBJECT_EVENT))
        .map(CampaignEvent::message)
        .distinct()
        .sorted()
        .toList();
  }

  /** What happened to the campaign, in order. */
  public List<CampaignEvent> events(String id) {
    return database.call(
        em -> {
          row(em, id);
          return em.createQuery("from EventRow where campaignId = :id order by id", EventRow.class)
              .setParameter("id", id)
              .getResultStream()
              .map(e -> new CampaignEvent(e.happenedAt, e.kind, e.message, e.who))
              .toList();
        });
  }

  private static String sentence(CampaignState state, String message) {
    if (message.isEmpty() || message.startsWith(state.words())) {
      return message.isEmpty() ? state.words() : message;
    }
    return state.words() + ": " + message;
  }

  private static CampaignRow row(EntityManager em, String id) {
    return Optional.ofNullable(em.find(CampaignRow.class, id)).orElseThrow(() -> unknown(id));
  }

  private static RuntimeException unknown(String id) {
    return user("there is no campaign '%s', expected one that 'status' lists", id);
  }
}
