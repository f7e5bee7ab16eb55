package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class TcpProxyTest {
  private ServerSocket server;
  private TcpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    server = new ServerSocket(0);
    proxy = new TcpProxy(server.getLocalPort());
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    server.close();
  }

  @Test
  void deliversLateWhatWasSentDuringASilentCut() throws Exception {
    try (Socket client = connect();
        Socket served = server.accept()) {
      client.getOutputStream().write(1);
      assertThat(served.getInputStream().read()).isEqualTo(1);
      proxy.cutSilently();
      client.getOutputStream().write(2);
      served.setSoTimeout(200);
      assertThatThrownBy(() -> served.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      proxy.heal();
      served.setSoTimeout(0);
      assertThat(served.getInputStream().read()).isEqualTo(2);
    }
  }

  @Test
  void resetsEveryConnectionUntilItHeals() throws Exception {
    try (Socket client = connect();
        Socket served = server.accept()) {
      proxy.cutWithReset();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> served.getInputStream().read()).isInstanceOf(IOException.class);
      try (Socket another = connect()) {
        assertThatThrownBy(() -> another.getInputStream().read()).isInstanceOf(IOException.class);
      }
    }
    proxy.heal();
    try (Socket client = connect();
        Socket served = server.accept()) {
      client.getOutputStream().write(3);
      assertThat(served.getInputStream().read()).isEqualTo(3);
    }
  }

  private Socket connect() throws IOException {
    int port = Integer.parseInt(proxy.address().substring(proxy.address().indexOf(':') + 1));
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }
}
