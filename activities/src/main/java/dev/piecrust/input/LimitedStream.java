package dev.piecrust.input;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/** A stream that ends, in length and in time. */
final class LimitedStream extends FilterInputStream {
  /** What comes of more bytes than the limit. */
  enum Beyond {
    /** They were not there when the file was opened. */
    IS_THE_END,
    /** They are too many. */
    IS_REFUSED
  }

  /** A disk that sleeps, or a network's that looks for its server, takes less to begin. */
  private static final long BEGINNING = 60_000_000_000L;

  /** A file system that gives less than 1 MiB a second is no place to compute from. */
  private static final long NANOS_A_BYTE = 1_000_000_000L / (1 << 20);

  private final String name;
  private final long most;
  private final Beyond beyond;
  private final LongSupplier clock;
  private long read;
  private long waited;

  LimitedStream(InputStream in, String name, long most, Beyond beyond, LongSupplier clock) {
    super(in);
    this.name = name;
    this.most = most;
    this.beyond = beyond;
    this.clock = clock;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    long wanted = beyond == Beyond.IS_THE_END ? Math.min(length, most - read) : length;
    if (wanted == 0) {
      return -1;
    }
    long began = clock.getAsLong();
    int count = in.read(target, offset, (int) wanted);
    waited += clock.getAsLong() - began;
    read += Math.max(count, 0);
    if (read > most) {
      throw user("%s: unpacks to more than %s, expected at most that", name, Sizes.readable(most));
    }
    if (waited > BEGINNING + read * NANOS_A_BYTE) {
      throw new PieCrustException(
          FailureCategory.EXTERNAL,
          "%s: gives its bytes too slowly, %d of them in %d s"
              .formatted(name, read, waited / 1_000_000_000L));
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] unused = new byte[(int) Math.min(count, 1 << 16)];
    return Math.max(0, read(unused, 0, unused.length));
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
