package dev.piecrust.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A name with a key and a certificate that it signed itself, as files.
 *
 * @param certificate PEM
 * @param key PEM, PKCS #8
 */
record Identity(Path certificate, Path key) {
  private static final String PASSWORD = "changeit";

  static Identity create(Path folder, String name) throws Exception {
    Path store = folder.resolve(name + ".p12");
    String[] line = {
      Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
      "-genkeypair",
      "-alias",
      "key",
      "-keyalg",
      "RSA",
      "-dname",
      "CN=" + name,
      "-ext",
      "san=dns:" + name,
      "-storetype",
      "PKCS12",
      "-storepass",
      PASSWORD,
      "-keystore",
      store.toString()
    };
    assertThat(new ProcessBuilder(line).inheritIO().start().waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new Identity(
        pem(folder, name + ".crt", "CERTIFICATE", keys.getCertificate("key").getEncoded()),
        pem(
            folder,
            name + ".key",
            "PRIVATE KEY",
            keys.getKey("key", PASSWORD.toCharArray()).getEncoded()));
  }

  private static Path pem(Path folder, String file, String kind, byte[] content) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(kind, text, kind));
  }
}
