package dev.piecrust.hub;

import dev.piecrust.campaign.HubRef;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Brings files from the hub into a folder, each once and checked. */
final class Downloader {
  /** Between two looks whether another process has finished with a file. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final HubClient client;
  private final RetryPolicy patience;

  Downloader(HubClient client, RetryPolicy patience) {
    this.client = client;
    this.patience = patience;
  }

  /** Brings all that is missing; refuses before the first byte what the disk has no room for. */
  void bring(Download plan, HubFolder into, HubProgress progress) {
    HubDisk.require(
        plan.ref().toString(), plan.remainingBytes(), into.path(), HubDisk.free(into.path()));
    long before = 0;
    for (HubFile file : plan.missing()) {
      long sum = before;
      bring(
          plan.ref(),
          file,
          into,
          arrived -> progress.at(file.path(), sum + arrived, plan.missingBytes()));
      before += file.size();
    }
    into.finish();
  }

  private void bring(HubRef ref, HubFile file, HubFolder into, LongConsumer arrived) {
    BlobLock lock = lock(file, into, arrived);
    try {
      if (into.has(file)) {
        return; // another process was faster
      }
      PartialFile part = new PartialFile(into.partial(file));
      client.complete(ref, file, part, arrived);
      check(ref, file, part);
      into.keep(file);
    } finally {
      lock.close();
    }
  }

  private BlobLock lock(HubFile file, HubFolder into, LongConsumer arrived) {
    Optional<BlobLock> lock = into.lock(file);
    while (lock.isEmpty()) {
      arrived.accept(new PartialFile(into.partial(file)).size());
      patience.pause().accept(LOOK);
      lock = into.lock(file);
    }
    return lock.get();
  }

  private static void check(HubRef ref, HubFile file, PartialFile part) {
    try {
      if (Checksum.matches(file, part.path())) {
        return;
      }
    } catch (IOException e) {
      throw HubDisk.failure(part.path() + " cannot be read", e);
    }
    part.delete();
    throw new PieCrustException(
        FailureCategory.EXTERNAL,
        "%s of %s arrived with a wrong checksum and was deleted; start again to download it anew"
            .formatted(file.path(), ref));
  }
}
