package dev.piecrust.workers;

import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.Failures;
import dev.piecrust.store.process.ProcessSign;
import dev.piecrust.store.process.ProcessSign.HostedSubject;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of one process. All of them poll the queue of loads, and whichever is handed one
 * gives it to the device that is nearest to it: two campaigns never share a device while another is
 * idle. Where another process may do better, because all devices here are in use and it has an idle
 * one, or because there is no room here, the load goes back to the queue.
 */
final class DeviceScheduler {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceScheduler.class);

  /**
   * How often a load goes back to an idle device. Each time it may come here again; soon it is
   * better done here than offered on.
   */
  private static final int MOST_TO_IDLE = 4;

  private static final Duration TO_IDLE_AFTER = Duration.ofSeconds(1);

  /**
   * How often it goes back to a larger machine: one time less than a load is tried, so that the
   * last one says what is missing.
   */
  private static final int MOST_TO_LARGER = 7;

  private static final Duration TO_LARGER_AFTER = Duration.ofSeconds(5);

  private final List<Device> devices = new ArrayList<>();
  private final Supplier<List<ProcessSign>> elsewhere;
  private final IntSupplier attempt;

  /** Some minutes of trying, and of offers to others before them. */
  private static final int MOST_TRIES = 16;

  /** How soon a request for one more host is made again where no device is free for it. */
  private static final Duration TO_HOST_AFTER = Duration.ofSeconds(3);

  private record Device(
      String queue, Function<String, GpuSession> loads, DeviceLock turn, SubjectHosts hosts) {}

  /**
   * @param elsewhere the other processes that have a device
   */
  DeviceScheduler(Supplier<List<ProcessSign>> elsewhere) {
    this(elsewhere, () -> Activity.getExecutionContext().getInfo().getAttempt());
  }

  /**
   * @param attempt of the load under way, from 1
   */
  DeviceScheduler(Supplier<List<ProcessSign>> elsewhere, IntSupplier attempt) {
    this.elsewhere = elsewhere;
    this.attempt = attempt;
  }

  /**
   * Adds a device; before the first load.
   *
   * @param queue its own
   * @param loads on it what a campaign, by its id, needs
   * @param hosts what it takes work on
   */
  void add(String queue, Function<String, GpuSession> loads, DeviceLock turn, SubjectHosts hosts) {
    devices.add(new Device(queue, loads, turn, hosts));
  }

  /** Which subjects the devices of this process take work on. */
  List<HostedSubject> hosted() {
    return devices.stream()
        .flatMap(
            device ->
                device.hosts().queues().stream()
                    .map(subject -> new HostedSubject(device.queue(), subject)))
        .toList();
  }

  /**
   * Has one more device take work on the subject of a campaign. Where it has no host, that is done
   * as {@link #load} says. Where it has, a device joins that is idle, or any while the subject has
   * fewer than its share of the devices; else the request goes back to the queue.
   *
   * @param subject the queue of the subject
   * @param most hosts that the campaign may have
   * @param download brings what the campaign needs to this machine first
   */
  GpuSession host(HostRequest request, String subject, int most, Consumer<String> download) {
    String campaign = request.campaignId();
    Optional<Device> unknown =
        devices.stream()
            .filter(device -> device.hosts().has(subject))
            .filter(device -> !request.known().contains(device.queue()))
            .filter(device -> request.known().size() < most)
            .findFirst();
    if (unknown.isPresent()) {
      Device known = unknown.get();
      return known.turn().take(campaign, () -> hosting(known, campaign, subject));
    }
    Set<String> hosts = hostsOf(subject);
    if (hosts.isEmpty()) {
      return firstHost(campaign, subject, download);
    }
    Predicate<Device> joins =
        device ->
            !device.hosts().has(subject)
                && (device.turn().distance(campaign) < DeviceQueue.BEHIND_OTHERS
                    || hosts.size() < share(subject));
    if (hosts.size() >= most || devices.stream().noneMatch(joins)) {
      throw goesBack("no device is free here", TO_HOST_AFTER, null);
    }
    try {
      return load(campaign, download, joins, device -> hosting(device, campaign, subject));
    } catch (ActivityCompletionException e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.info("{} gets no further host here: {}", campaign, Failures.sentence(e));
      throw goesBack("this device cannot host the subject", TO_LARGER_AFTER, e);
    }
  }

  /** A campaign that has no host waits for one, but not for ever for one that keeps failing. */
  private GpuSession firstHost(String campaign, String subject, Consumer<String> download) {
    try {
      return load(campaign, download, device -> true, device -> hosting(device, campaign, subject));
    } catch (ApplicationFailure e) {
      if (e.getCategory() == ApplicationErrorCategory.BENIGN || attempt.getAsInt() < MOST_TRIES) {
        throw e;
      }
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          e.getOriginalMessage(), e.getType(), e);
    }
  }

  /** Takes its work from now on; whoever has another host leaves the device to it. */
  private GpuSession hosting(Device device, String campaignId, String subject) {
    GpuSession session = device.loads().apply(campaignId);
    device.hosts().host(subject, campaignId);
    device.hosts().queues().stream()
        .filter(other -> !other.equals(subject) && hostsOf(other).size() > 1)
        .forEach(device.hosts()::release);
    return session;
  }

  /** The devices that take from this queue, here and elsewhere. */
  private Set<String> hostsOf(String subject) {
    return allHosted()
        .filter(hosted -> hosted.queue().equals(subject))
        .map(HostedSubject::device)
        .collect(Collectors.toSet());
  }

  /** How many devices a subject may have while others want them too: at least one. */
  private int share(String subject) {
    long subjects =
        Stream.concat(Stream.of(subject), allHosted().map(HostedSubject::queue)).distinct().count();
    int all =
        devices.size()
            + elsewhere.get().stream().mapToInt(sign -> sign.device().split(",").length).sum();
    return Math.max(1, (int) (all / subjects));
  }

  private Stream<HostedSubject> allHosted() {
    return Stream.concat(
        hosted().stream(), elsewhere.get().stream().flatMap(sign -> sign.hosts().stream()));
  }

  /**
   * Loads what a campaign needs on the nearest device; fails, to be tried again, as said above.
   *
   * @param download brings it to this machine first
   */
  GpuSession load(String campaignId, Consumer<String> download) {
    return load(campaignId, download, device -> true, device -> device.loads().apply(campaignId));
  }

  private GpuSession load(
      String campaignId,
      Consumer<String> download,
      Predicate<Device> fits,
      Function<Device, GpuSession> work) {
    try {
      download.accept(campaignId);
      return onNearest(campaignId, fits, work);
    } catch (RuntimeException e) {
      if (Failures.categoryOf(e) == FailureCategory.RESOURCES
          && !elsewhere.get().isEmpty()
          && attempt.getAsInt() <= MOST_TO_LARGER) {
        throw goesBack("this machine has no room and another may", TO_LARGER_AFTER, e);
      }
      throw e;
    }
  }

  private GpuSession onNearest(
      String campaignId, Predicate<Device> fits, Function<Device, GpuSession> work) {
    Device nearest;
    DeviceLock.Place place;
    synchronized (this) { // the next load sees this one in the line
      nearest =
          devices.stream()
              .filter(fits)
              .min(Comparator.comparingInt(device -> device.turn().distance(campaignId)))
              .orElseThrow(() -> goesBack("no device is free here", TO_HOST_AFTER, null));
      if (nearest.turn().distance(campaignId) >= DeviceQueue.BEHIND_OTHERS
          && elsewhere.get().stream().anyMatch(process -> process.running().isEmpty())
          && attempt.getAsInt() <= MOST_TO_IDLE) {
        throw goesBack("this device is in use and another is idle", TO_IDLE_AFTER, null);
      }
      place = nearest.turn().join(campaignId);
    }
    return place.take(() -> work.apply(nearest));
  }

  private static ApplicationFailure goesBack(
      String reason, Duration after, @Nullable Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setMessage(reason)
        .setType("BETTER_ELSEWHERE")
        .setCause(cause)
        .setNextRetryDelay(after)
        .setCategory(ApplicationErrorCategory.BENIGN) // it is how requests find a device
        .build();
  }
}
