package dev.piecrust.store.process;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a process of an installation says of itself.
 *
 * @param id a name that no other process has
 * @param kind {@code embedded}, {@code control}, {@code gpu} or {@code llm}
 * @param device such as {@code cpu} or {@code gpu0}; empty for a process without one
 * @param memoryUsed of the device, in bytes
 * @param memoryTotal likewise
 * @param running what it works on at the moment
 * @param hosts the subjects whose queues its devices take from
 */
public record ProcessSign(
    String id,
    String kind,
    String host,
    long pid,
    String version,
    String device,
    OptionalLong memoryUsed,
    OptionalLong memoryTotal,
    List<RunningWork> running,
    List<HostedSubject> hosts) {
  public ProcessSign {
    running = List.copyOf(running);
    hosts = List.copyOf(hosts);
  }

  /** One that hosts nothing. */
  public ProcessSign(
      String id,
      String kind,
      String host,
      long pid,
      String version,
      String device,
      OptionalLong memoryUsed,
      OptionalLong memoryTotal,
      List<RunningWork> running) {
    this(id, kind, host, pid, version, device, memoryUsed, memoryTotal, running, List.of());
  }

  /** How many devices it has. */
  public int devices() {
    return device.isEmpty() ? 0 : device.split(",", -1).length;
  }

  /**
   * A device takes work on a subject.
   *
   * @param device the device's own queue
   * @param queue of the subject
   */
  public record HostedSubject(String device, String queue) {}

  /**
   * One activity that is under way.
   *
   * @param campaign empty for none
   * @param unit within the stage; empty where it is about the campaign
   * @param sinceMs when it began, by the clock of its process, in milliseconds since 1970
   * @param says how far it is, by its last heartbeat; empty where it said nothing
   */
  public record RunningWork(String campaign, String stage, String unit, long sinceMs, String says) {
    /** What a plan writes down is no work. */
    private static final Set<String> BOOKS = Set.of("books", "plan", "other");

    public RunningWork {
      says = requireNonNullElse(says, ""); // a process of an older version knows nothing of it
    }

    /** Whether it is book-keeping. */
    public boolean onBooks() {
      return BOOKS.contains(stage);
    }

    /** The same, which has come further. */
    public RunningWork saying(String words) {
      return new RunningWork(campaign, stage, unit, sinceMs, words);
    }
  }

  /**
   * A sign of life, and how old it is.
   *
   * @param silentMs since when nothing was heard, in milliseconds
   * @param aliveMs since when it runs, in milliseconds
   */
  public record Seen(ProcessSign sign, long silentMs, long aliveMs) {
    /** Three signs were missed. */
    private static final long SILENT_MS = 15_000;

    /** Whether it was heard of lately. */
    public boolean alive() {
      return silentMs < SILENT_MS;
    }
  }
}
