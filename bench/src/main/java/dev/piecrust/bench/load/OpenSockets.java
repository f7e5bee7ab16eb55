package dev.piecrust.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Connections that stay open, all in the hands of one thread. */
final class OpenSockets implements AutoCloseable {
  private static final int WAIT_MS = 200;

  /** Slow enough that a body or an answer would take a day. */
  private static final long TRICKLE_NS = 1_000_000_000L;

  private static final int SMALL_BUFFER = 2048;

  /** What a connection is for. */
  enum Kind {
    /** Listens to events, and reads all that comes. */
    STREAM,
    /** Has announced a body, and sends a byte of it now and then. */
    SLOW_BODY,
    /** Has asked for something long, and reads a byte of it now and then. */
    SLOW_READER
  }

  private static final class Held {
    final Kind kind;
    long bytes;

    Held(Kind kind) {
      this.kind = kind;
    }
  }

  private final int port;
  private final String token;
  private final Selector selector = Selector.open();
  private final List<SocketChannel> slow = new ArrayList<>();
  private final AtomicInteger lostStreams = new AtomicInteger();
  private final AtomicInteger silentStreams = new AtomicInteger();
  private final AtomicInteger cutOff = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;

  /** Opens them all; who is let in is seen later. */
  OpenSockets(int port, String token, LoadSize size) throws IOException {
    this.port = port;
    this.token = token;
    for (int i = 0; i < size.streams(); i++) {
      open(Kind.STREAM);
      silentStreams.incrementAndGet();
    }
    for (int i = 0; i < size.slow(); i++) {
      open(i % 2 == 0 ? Kind.SLOW_BODY : Kind.SLOW_READER);
    }
    thread = new Thread(this::serve, "piecrust-crowd");
    thread.setDaemon(true);
    thread.start();
  }

  private void open(Kind kind) throws IOException {
    SocketChannel channel = SocketChannel.open();
    if (kind == Kind.SLOW_READER) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
    }
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.write(ByteBuffer.wrap(request(kind).getBytes(US_ASCII)));
    channel.configureBlocking(false);
    boolean reads = kind == Kind.STREAM || kind == Kind.SLOW_BODY;
    channel.register(selector, reads ? SelectionKey.OP_READ : 0, new Held(kind));
    if (kind != Kind.STREAM) {
      slow.add(channel);
    }
  }

  private String request(Kind kind) {
    List<String> first =
        switch (kind) {
          case STREAM -> List.of("GET /api/v1/stream HTTP/1.1", "Accept: text/event-stream");
          case SLOW_BODY ->
              List.of(
                  "POST /api/v1/campaigns HTTP/1.1",
                  "Content-Type: application/json",
                  "Content-Length: 100000");
          case SLOW_READER -> List.of("GET /openapi HTTP/1.1");
        };
    List<String> common = List.of("Host: 127.0.0.1:" + port, "Authorization: Bearer " + token, "");
    return Stream.concat(first.stream(), common.stream())
        .map(line -> line + "\r\n")
        .collect(joining());
  }

  private void serve() {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 14);
    long next = System.nanoTime();
    try {
      while (!closed) {
        selector.select(WAIT_MS);
        for (SelectionKey key : selector.selectedKeys()) {
          read(key, buffer);
        }
        selector.selectedKeys().clear();
        if (System.nanoTime() - next > 0) {
          next = System.nanoTime() + TRICKLE_NS;
          trickle();
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the crowd is gone", e);
    }
  }

  private void read(SelectionKey key, ByteBuffer buffer) {
    Held held = (Held) key.attachment();
    int count = transfer(key, channel -> channel.read(buffer.clear()));
    if (count > 0 && held.kind == Kind.STREAM && held.bytes == 0) {
      silentStreams.decrementAndGet();
    }
    held.bytes += Math.max(0, count);
  }

  /** A connection that the server has closed is opened anew: those who mean harm try again. */
  private void trickle() throws IOException {
    for (SocketChannel channel : List.copyOf(slow)) {
      SelectionKey key = channel.keyFor(selector);
      if (key == null || !key.isValid()) {
        slow.remove(channel);
        continue;
      }
      Kind kind = ((Held) key.attachment()).kind;
      ByteBuffer one = ByteBuffer.wrap(new byte[] {' '});
      transfer(key, c -> kind == Kind.SLOW_BODY ? c.write(one) : c.read(one));
      if (!key.isValid()) {
        slow.remove(channel);
        open(kind);
      }
    }
  }

  /** Something with a channel that returns -1 where the other end is gone. */
  private interface Transfer {
    int with(SocketChannel channel) throws IOException;
  }

  private int transfer(SelectionKey key, Transfer transfer) {
    SocketChannel channel = (SocketChannel) key.channel();
    int count;
    try {
      count = transfer.with(channel);
    } catch (IOException e) {
      count = -1;
    }
    if (count < 0) {
      key.cancel();
      AtomicInteger gone = ((Held) key.attachment()).kind == Kind.STREAM ? lostStreams : cutOff;
      gone.incrementAndGet();
      try {
        channel.close();
      } catch (IOException e) {
        return -1; // it is gone already
      }
    }
    return count;
  }

  /** Streams that the server closed. */
  int lostStreams() {
    return lostStreams.get();
  }

  /** Streams that have heard nothing at all. */
  int silentStreams() {
    return silentStreams.get();
  }

  /** How many times the server closed a slow client's connection. */
  int cutOff() {
    return cutOff.get();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
