package dev.piecrust.store.process;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.piecrust.campaign.Json;
import dev.piecrust.store.database.Database;
import dev.piecrust.store.process.ProcessSign.HostedSubject;
import dev.piecrust.store.process.ProcessSign.RunningWork;
import dev.piecrust.store.process.ProcessSign.Seen;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The processes of an installation, and what each said of itself last. */
public final class WorkerProcesses {
  /** The entities of this package. */
  public static final List<Class<?>> ROWS = List.of(WorkerProcessRow.class);

  private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);
  private static final TypeReference<List<RunningWork>> WORK = new TypeReference<>() {};
  private static final TypeReference<List<HostedSubject>> HOSTS = new TypeReference<>() {};

  private final Database database;

  /** Of this database. */
  public WorkerProcesses(Database database) {
    this.database = database;
  }

  /** A process says how it is. */
  public void beat(ProcessSign sign) {
    database.run(
        em -> {
          long now = database.nowMs(em);
          WorkerProcessRow row = em.find(WorkerProcessRow.class, sign.id());
          if (row == null) {
            row = new WorkerProcessRow(sign.id(), now);
            fill(row, sign, now);
            em.persist(row);
          } else {
            fill(row, sign, now);
          }
          em.createQuery("delete from WorkerProcessRow where seenMs < :long")
              .setParameter("long", now - FORGOTTEN_AFTER.toMillis())
              .executeUpdate();
        });
  }

  private static void fill(WorkerProcessRow row, ProcessSign sign, long now) {
    row.kind = sign.kind();
    row.host = sign.host();
    row.pid = sign.pid();
    row.version = sign.version();
    row.device = sign.device();
    row.memoryUsed = nullable(sign.memoryUsed());
    row.memoryTotal = nullable(sign.memoryTotal());
    row.running = Json.write(sign.running());
    row.hosts = Json.write(sign.hosts());
    row.seenMs = now;
  }

  /** A process ended in good order. */
  public void gone(String id) {
    database.run(
        em ->
            em.createQuery("delete from WorkerProcessRow where id = :id")
                .setParameter("id", id)
                .executeUpdate());
  }

  /** All that were heard of within a day, by kind and host. */
  public List<Seen> all() {
    return database.call(
        em -> {
          long now = database.nowMs(em);
          return em.createQuery(
                  "from WorkerProcessRow order by kind, host, id", WorkerProcessRow.class)
              .getResultStream()
              .map(
                  row ->
                      new Seen(
                          sign(row),
                          Math.max(0, now - row.seenMs),
                          Math.max(0, now - row.startedMs)))
              .toList();
        });
  }

  /**
   * The other processes that live and have a device.
   *
   * @param id of the process that asks
   */
  public List<ProcessSign> devicesBeside(String id) {
    return all().stream()
        .filter(Seen::alive)
        .map(Seen::sign)
        .filter(sign -> !sign.id().equals(id) && !sign.device().isEmpty())
        .toList();
  }

  /** How many devices the processes that live have together. */
  public int devices() {
    return devicesBeside("").stream().mapToInt(ProcessSign::devices).sum();
  }

  private static ProcessSign sign(WorkerProcessRow row) {
    return new ProcessSign(
        row.id,
        row.kind,
        row.host,
        row.pid,
        row.version,
        row.device,
        optional(row.memoryUsed),
        optional(row.memoryTotal),
        list(row.running, WORK),
        list(requireNonNullElse(row.hosts, "[]"), HOSTS));
  }

  /** What a process of another version wrote may not be readable here. */
  private static <T> List<T> list(String json, TypeReference<List<T>> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      return List.of();
    }
  }

  private static @Nullable Long nullable(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
