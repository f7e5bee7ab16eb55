package dev.piecrust.workers;

import dev.piecrust.activity.GpuSession;
import dev.piecrust.activity.HostRequest;
import dev.piecrust.activity.SubjectHost;
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
import java.util.concurrent.ConcurrentHashMap;
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
  private final Consumer<Duration> rests;
  private final IntSupplier attempt;

  /** Some minutes of trying, and of offers to others before them. */
  private static final int MOST_TRIES = 16;

  /** How soon a request for one more host is made again where no device is free for it. */
  private static final Duration TO_HOST_AFTER = Duration.ofSeconds(1);

  /**
   * How long such requests are left to other processes when one went back from here: with what an
   * idle device waits for its load to begin, less than five seconds.
   */
  private static final Duration NONE_IS_FREE = Duration.ofSeconds(3);

  /** The same where a device could not load the subject: it will not soon be otherwise. */
  private static final Duration NONE_CAN = Duration.ofSeconds(30);

  /**
   * One of the devices.
   *
   * @param coming subjects that it is about to host
   * @param answered who has heard that it is a host
   */
  private record Device(
      String queue,
      Function<String, GpuSession> loads,
      DeviceLock turn,
      SubjectHosts hosts,
      Set<String> coming,
      Set<String> answered) {
    boolean hosts(String subject) {
      return coming.contains(subject) || hosts.has(subject);
    }
  }

  /**
   * @param elsewhere the other processes that have a device
   * @param rests leaves requests for further hosts to others for a while
   */
  DeviceScheduler(Supplier<List<ProcessSign>> elsewhere, Consumer<Duration> rests) {
    this(elsewhere, rests, () -> Activity.getExecutionContext().getInfo().getAttempt());
  }

  /**
   * @param attempt of the load under way, from 1
   */
  DeviceScheduler(
      Supplier<List<ProcessSign>> elsewhere, Consumer<Duration> rests, IntSupplier attempt) {
    this.elsewhere = elsewhere;
    this.rests = rests;
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
    devices.add(
        new Device(
            queue,
            loads,
            turn,
            hosts,
            ConcurrentHashMap.newKeySet(),
            ConcurrentHashMap.newKeySet()));
  }

  /** Which subjects the devices of this process take work on. */
  List<HostedSubject> hosted() {
    return devices.stream()
        .flatMap(
            device ->
                device.hosts().queues(device.turn().isIdle()).stream()
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
  SubjectHost host(HostRequest request, String subject, int most, Consumer<String> download) {
    String device =
        toldOf(request, subject, most)
            .map(
                known ->
                    known.turn().take(request.campaignId(), () -> hosting(known, request, subject)))
            .orElseGet(() -> newHost(request, subject, most, download));
    return new SubjectHost(device, most);
  }

  /** A host that the one who asks does not know. */
  private synchronized Optional<Device> toldOf(HostRequest request, String subject, int most) {
    return devices.stream()
        .filter(device -> request.hosts() < most && device.hosts().has(subject))
        .filter(device -> device.answered().add(request.asker()))
        .findFirst();
  }

  private String newHost(HostRequest request, String subject, int most, Consumer<String> download) {
    if (hostsOf(subject).isEmpty()) {
      return firstHost(request, subject, download);
    }
    int share = Math.min(share(subject), most);
    Predicate<Device> joins =
        device -> {
          int hosts = hostsOf(subject).size();
          return !device.hosts(subject)
              && (hosts < share
                  || (hosts < most
                      && device.turn().distance(request.campaignId()) < DeviceQueue.BEHIND_OTHERS));
        };
    if (devices.stream().noneMatch(joins)) {
      throw noneIsFree();
    }
    try {
      return load(request.campaignId(), download, joining(request, subject, joins));
    } catch (ActivityCompletionException e) {
      throw e;
    } catch (RuntimeException e) {
      if (e instanceof ApplicationFailure failure && isBenign(failure) && e.getCause() == null) {
        throw e; // none is free any more
      }
      LOG.info("{} gets no further host here: {}", request.campaignId(), Failures.sentence(e));
      rests.accept(NONE_CAN);
      throw goesBack("this device cannot host the subject", TO_LARGER_AFTER, e);
    }
  }

  /** A campaign that has no host waits for one, but not for ever for one that keeps failing. */
  private String firstHost(HostRequest request, String subject, Consumer<String> download) {
    try {
      return load(
          request.campaignId(),
          download,
          joining(request, subject, device -> !device.coming().contains(subject)));
    } catch (ApplicationFailure e) {
      if (isBenign(e) || attempt.getAsInt() < MOST_TRIES) {
        throw e;
      }
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          e.getOriginalMessage(), e.getType(), e);
    }
  }

  private static boolean isBenign(ApplicationFailure failure) {
    return failure.getCategory() == ApplicationErrorCategory.BENIGN;
  }

  private Work<String> joining(HostRequest request, String subject, Predicate<Device> joins) {
    return new Work<>(
        joins,
        device -> {
          device.coming().add(subject);
          device.answered().add(request.asker());
        },
        device -> hosting(device, request, subject),
        device -> device.coming().remove(subject));
  }

  /** Takes its work from now on; whoever has another host leaves the device to it. */
  private String hosting(Device device, HostRequest request, String subject) {
    try {
      GpuSession session = device.loads().apply(request.campaignId());
      device.hosts().host(subject, request.campaignId());
      device.hosts().queues(false).stream()
          .filter(other -> !other.equals(subject) && hostsOf(other).size() > 1)
          .forEach(device.hosts()::release);
      return session.queue();
    } catch (RuntimeException e) {
      device.answered().remove(request.asker());
      throw e;
    }
  }

  /** The devices that take from this queue, here and elsewhere. */
  private Set<String> hostsOf(String subject) {
    return Stream.concat(
            devices.stream().filter(device -> device.coming().contains(subject)).map(Device::queue),
            allHosted().filter(hosted -> hosted.queue().equals(subject)).map(HostedSubject::device))
        .collect(Collectors.toSet());
  }

  /** How many devices a subject may have while others want them too: at least one. */
  private int share(String subject) {
    long subjects =
        Stream.concat(Stream.of(subject), allHosted().map(HostedSubject::queue)).distinct().count();
    int all = devices.size() + elsewhere.get().stream().mapToInt(ProcessSign::devices).sum();
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
    return load(
        campaignId,
        download,
        new Work<>(
            device -> true,
            device -> {},
            device -> device.loads().apply(campaignId),
            device -> {}));
  }

  /**
   * What is done on a device that is chosen for it.
   *
   * @param fits whether a device may be chosen
   * @param begins a device has been, and others are chosen after it
   * @param on does it when the device's turn has come
   * @param ends it has been done, or failed
   */
  private record Work<T>(
      Predicate<Device> fits,
      Consumer<Device> begins,
      Function<Device, T> on,
      Consumer<Device> ends) {}

  private <T> T load(String campaignId, Consumer<String> download, Work<T> work) {
    try {
      download.accept(campaignId);
      return onNearest(campaignId, work);
    } catch (RuntimeException e) {
      if (Failures.categoryOf(e) == FailureCategory.RESOURCES
          && !elsewhere.get().isEmpty()
          && attempt.getAsInt() <= MOST_TO_LARGER) {
        throw goesBack("this machine has no room and another may", TO_LARGER_AFTER, e);
      }
      throw e;
    }
  }

  private <T> T onNearest(String campaignId, Work<T> work) {
    Device nearest;
    DeviceLock.Place place;
    synchronized (this) { // the next load sees this one in the line
      nearest =
          devices.stream()
              .filter(work.fits())
              .min(Comparator.comparingInt(device -> device.turn().distance(campaignId)))
              .orElseThrow(this::noneIsFree);
      if (nearest.turn().distance(campaignId) >= DeviceQueue.BEHIND_OTHERS
          && elsewhere.get().stream().anyMatch(process -> process.running().isEmpty())
          && attempt.getAsInt() <= MOST_TO_IDLE) {
        throw goesBack("this device is in use and another is idle", TO_IDLE_AFTER, null);
      }
      place = nearest.turn().join(campaignId);
      work.begins().accept(nearest);
    }
    try {
      return place.take(() -> work.on().apply(nearest));
    } finally {
      work.ends().accept(nearest);
    }
  }

  private ApplicationFailure noneIsFree() {
    rests.accept(NONE_IS_FREE);
    return goesBack("no device is free here", TO_HOST_AFTER, null);
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
