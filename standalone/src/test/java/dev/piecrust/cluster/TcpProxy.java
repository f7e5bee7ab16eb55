package dev.piecrust.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network between one process and a server on this machine, which can be cut: silently, so that
 * both sides wait for words that come when it heals, or with a reset of every connection.
 */
final class TcpProxy implements AutoCloseable {
  private enum State {
    OPEN,
    SILENT,
    RESETTING,
    CLOSED
  }

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private State state = State.OPEN;

  /**
   * @param target port of the server
   */
  TcpProxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::welcome);
  }

  String address() {
    return "127.0.0.1:" + door.getLocalPort();
  }

  /** From now on nothing comes through, and nobody is told. */
  void cutSilently() {
    enter(State.SILENT);
  }

  /** From now on every connection is reset, new ones too. */
  void cutWithReset() {
    enter(State.RESETTING);
    sockets.forEach(TcpProxy::toBeReset); // first all: the end of one closes its other side
    sockets.forEach(TcpProxy::reset);
  }

  void heal() {
    enter(State.OPEN);
  }

  private synchronized void enter(State next) {
    state = next;
    notifyAll();
  }

  /** Whether words may pass, once that is known. */
  private synchronized boolean mayPass() {
    while (state == State.SILENT) {
      try {
        wait();
      } catch (InterruptedException e) {
        return false;
      }
    }
    return state == State.OPEN;
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        sockets.add(client);
        daemon(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    if (!mayPass()) {
      reset(client);
      return;
    }
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      if (!mayPass()) { // cut meanwhile, when this side was not yet known
        reset(client);
        reset(server);
        return;
      }
      daemon(() -> pump(client, server));
      pump(server, client);
    } catch (IOException serverIsAway) {
      reset(client);
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] some = new byte[16 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(some); n >= 0 && mayPass(); n = in.read(some)) {
        out.write(some, 0, n);
      }
      mayPass(); // that a side has gone is news, too
    } catch (IOException gone) {
      mayPass();
    }
    sockets.remove(from);
    sockets.remove(to);
  }

  private static void reset(Socket socket) {
    toBeReset(socket);
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void toBeReset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (SocketException closed) {
      return; // what is closed needs no reset
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    enter(State.CLOSED);
    door.close();
    sockets.forEach(TcpProxy::reset);
  }
}
