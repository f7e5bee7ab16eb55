package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.PieCrustException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The hub with its cache on this machine. What is in the cache is never downloaded again, whoever
 * put it there; a pinned repository that is whole needs no network.
 */
public final class Hub {
  private final HubSettings settings;
  private final HubClient client;
  private final Downloader courier;

  /** A hub that is asked again for up to half a minute where the network fails. */
  public Hub(HubSettings settings) {
    this(settings, RetryPolicy.usual());
  }

  Hub(HubSettings settings, RetryPolicy patience) {
    this.settings = settings;
    this.client = new HubClient(settings, patience);
    this.courier = new Downloader(client, patience);
  }

  /** Where downloads go. */
  public Path cache() {
    return settings.cache();
  }

  /** The commit that a reference means now; offline, that it meant when it was last asked for. */
  public HubRef pin(HubRef ref) {
    if (ref.pinned()) {
      return ref;
    }
    CacheFolder cached = cached(ref);
    if (settings.offline()) {
      return ref.at(cached.commit().orElseThrow(() -> unknownOffline(ref)));
    }
    String json = client.listing(ref);
    HubListing listing = HubListing.parse(ref, json);
    cached(listing.ref()).keepListing(json);
    cached.seen(listing.ref().revision());
    return listing.ref();
  }

  /** What a pinned repository holds, from the cache where it is known there. */
  public HubListing listing(HubRef pinned) {
    CacheFolder cached = cached(pinned);
    Optional<HubListing> known = cached.listing();
    if (known.isPresent()) {
      return known.get();
    }
    if (settings.offline()) {
      throw user(
          "HF_HUB_OFFLINE is set, and the hub was never asked what %s holds, expected it unset"
              + " once",
          pinned);
    }
    String json = client.listing(pinned);
    cached.keepListing(json);
    return HubListing.parse(pinned, json);
  }

  /** What has to be downloaded into the cache for a part of a pinned repository. */
  public Download plan(HubRef pinned, HubPart part) {
    return plan(pinned, part, cached(pinned));
  }

  /** The same for a folder outside of the cache. */
  public Download plan(HubRef pinned, HubPart part, Path folder) {
    return plan(pinned, part, plain(pinned, folder));
  }

  private Download plan(HubRef pinned, HubPart part, HubFolder into) {
    List<HubFile> needed =
        part.needed(listing(pinned), file -> content(pinned, file), other -> listing(pin(other)));
    List<HubFile> missing = needed.stream().filter(file -> !into.has(file)).toList();
    long arrived =
        missing.stream()
            .mapToLong(file -> Math.min(file.size(), new PartialFile(into.partial(file)).size()))
            .sum();
    return new Download(pinned, needed, missing, arrived, into.path());
  }

  /** Downloads into the cache what is missing there, and says where it all is. */
  public Path fetch(Download plan, HubProgress progress) {
    return fetch(plan, cached(plan.ref()), progress);
  }

  /** The same for a folder outside of the cache. */
  public Path fetch(Download plan, Path folder, HubProgress progress) {
    return fetch(plan, plain(plan.ref(), folder), progress);
  }

  private Path fetch(Download plan, HubFolder into, HubProgress progress) {
    if (settings.offline() && !plan.missing().isEmpty()) {
      throw user(
          "HF_HUB_OFFLINE is set, and %s of %s is not in %s, expected it there or the variable"
              + " unset",
          plan.missing().get(0).path(), plan.ref(), settings.cache());
    }
    courier.bring(plan, into, progress);
    return into.path().resolve(plan.ref().folder());
  }

  /** The folder of a part of a repository, once all that is missing of it is downloaded. */
  public Path folder(HubRef ref, HubPart part, HubProgress progress) {
    HubRef pinned = pin(ref);
    return asLeft(pinned) ? left(pinned) : fetch(plan(pinned, part), progress);
  }

  /** The same with no more than the headers of weights, where it is not downloaded. */
  HeaderFolder headers(HubRef ref, HubPart part) {
    HubRef pinned = pin(ref);
    if (asLeft(pinned)) {
      return HeaderFolder.there(left(pinned));
    }
    Download plan = plan(pinned, part);
    return plan.missing().isEmpty()
        ? HeaderFolder.there(plan.folder().resolve(pinned.folder()))
        : HeaderFolder.of(plan, this);
  }

  /** Bytes that have yet to come for a part of a repository. */
  long remainingBytes(HubRef ref, HubPart part) {
    HubRef pinned = pin(ref);
    return asLeft(pinned) ? 0 : plan(pinned, part).remainingBytes();
  }

  /** Whether, offline, a commit has to be taken as another tool has left it. */
  private boolean asLeft(HubRef pinned) {
    CacheFolder cached = cached(pinned);
    return settings.offline() && cached.listing().isEmpty() && Files.isDirectory(cached.path());
  }

  private Path left(HubRef pinned) {
    return cached(pinned).path().resolve(pinned.folder());
  }

  /** Some bytes of a file, fewer where it ends before; asked for once. */
  byte[] part(HubRef pinned, HubFile file, long from, int bytes) {
    CacheFolder cached = cached(pinned);
    Optional<byte[]> known = cached.part(file, from, bytes);
    if (known.isPresent()) {
      return known.get();
    }
    byte[] asked = client.part(pinned, file, from, bytes);
    cached.keepPart(file, from, asked);
    return asked;
  }

  /** Where a small file is, downloaded where it was not there. */
  Path content(HubRef pinned, HubFile file) {
    CacheFolder cached = cached(pinned);
    List<HubFile> missing = cached.has(file) ? List.of() : List.of(file);
    Path unused =
        fetch(
            new Download(pinned, List.of(file), missing, 0, cached.path()),
            cached,
            HubProgress.UNWATCHED);
    return cached.path().resolve(file.path());
  }

  private CacheFolder cached(HubRef ref) {
    return new CacheFolder(settings.cache(), ref);
  }

  private PlainFolder plain(HubRef ref, Path folder) {
    return new PlainFolder(folder.toAbsolutePath().normalize(), cached(ref));
  }

  private PieCrustException unknownOffline(HubRef ref) {
    return user(
        "HF_HUB_OFFLINE is set, and %s is not in %s, expected it there or the variable unset",
        ref, settings.cache());
  }
}
