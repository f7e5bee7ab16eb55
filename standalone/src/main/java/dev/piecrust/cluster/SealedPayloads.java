package dev.piecrust.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals payloads with AES-256-GCM before they leave for Temporal, and opens them. A sealed payload
 * is a random nonce, the ciphertext of the whole payload, and the tag; its metadata name the key,
 * which is authenticated with it. A payload from before there were keys is read as it is.
 */
final class SealedPayloads implements PayloadCodec {
  static final String ENCODING = "encoding";
  static final String SEALED = "binary/piecrust-aes-gcm";
  static final String KEY_ID = "piecrust-key";

  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final PayloadKeys keys;
  private final SecureRandom random = new SecureRandom();

  SealedPayloads(PayloadKeys keys) {
    this.keys = keys;
  }

  /** Temporal's own converter, and behind it the seal; failures' messages and traces too. */
  static DataConverter converter(PayloadKeys keys) {
    return new CodecDataConverter(
        DefaultDataConverter.newDefaultInstance(), List.of(new SealedPayloads(keys)), true);
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads.stream().map(this::seal).toList();
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream().map(this::open).toList();
  }

  private Payload seal(Payload open) {
    String id = keys.sealing();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, id, key(id), nonce).doFinal(open.toByteArray());
      return Payload.newBuilder()
          .putMetadata(ENCODING, ByteString.copyFrom(SEALED, UTF_8))
          .putMetadata(KEY_ID, ByteString.copyFrom(id, UTF_8))
          .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
          .build();
    } catch (GeneralSecurityException e) {
      throw new PieCrustException(FailureCategory.INTERNAL, "a payload cannot be sealed", e);
    }
  }

  private Payload open(Payload payload) {
    if (!metadata(payload, ENCODING).equals(SEALED)) {
      return payload;
    }
    String id = metadata(payload, KEY_ID);
    SecretKey key = key(id);
    byte[] data = payload.getData().toByteArray();
    if (data.length < NONCE_BYTES) {
      throw damaged(id, null);
    }
    try {
      byte[] nonce = Arrays.copyOf(data, NONCE_BYTES);
      return Payload.parseFrom(
          cipher(Cipher.DECRYPT_MODE, id, key, nonce)
              .doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES));
    } catch (GeneralSecurityException | IOException e) {
      throw damaged(id, e);
    }
  }

  private SecretKey key(String id) {
    return keys.find(id)
        .orElseThrow(
            () ->
                new PieCrustException(
                    FailureCategory.EXTERNAL,
                    "a payload in Temporal is sealed with key '%s', which is not among this"
                            .formatted(id)
                        + " process's %s; %s must name it".formatted(keys, PayloadKeys.KEYS)));
  }

  private static Cipher cipher(int mode, String id, SecretKey key, byte[] nonce)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(id.getBytes(UTF_8));
    return cipher;
  }

  private static String metadata(Payload payload, String name) {
    return payload.getMetadataOrDefault(name, ByteString.EMPTY).toStringUtf8();
  }

  private static PieCrustException damaged(String id, @Nullable Exception cause) {
    return new PieCrustException(
        FailureCategory.EXTERNAL,
        "a payload in Temporal that is sealed with key '%s' is damaged, or was sealed with another key of that id"
            .formatted(id),
        cause);
  }
}
