package dev.piecrust.artifact;

import java.net.URI;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobApiMetadata;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.options.ListContainerOptions;

/** A store in memory that speaks S3, with one bucket and one user. */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "piecrust-test";
  public static final String USER = "tester";
  public static final String SECRET = "secret-of-tester";

  private final BlobStoreContext context;
  private final S3Proxy server;

  public S3Server() throws Exception {
    context =
        ContextBuilder.newBuilder(new TransientNio2BlobApiMetadata())
            .credentials(USER, SECRET)
            .build(BlobStoreContext.class);
    blobs().createContainerInLocation(null, BUCKET);
    server =
        S3Proxy.builder()
            .blobStore(blobs())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, USER, SECRET)
            .build();
    server.start();
  }

  public int port() {
    return server.getPort();
  }

  /** The variables by which a process finds the bucket behind a port, and may use it. */
  public static Map<String, String> environment(int port) {
    return Map.of(
        ArtifactLocation.VARIABLE,
        "s3://" + BUCKET + "/some/prefix",
        S3Location.ENDPOINT,
        "http://127.0.0.1:" + port,
        "AWS_ACCESS_KEY_ID",
        USER,
        "AWS_SECRET_ACCESS_KEY",
        SECRET);
  }

  /** Number of objects in the bucket. */
  public long objects() {
    return StreamSupport.stream(
            blobs().list(BUCKET, ListContainerOptions.Builder.recursive()).spliterator(), false)
        .count();
  }

  void replace(String key, String content) {
    blobs().putBlob(BUCKET, blobs().blobBuilder(key).payload(content).build());
  }

  private BlobStore blobs() {
    return context.getBlobStore();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the stand-in for S3 does not stop", e);
    }
    context.close();
  }
}
