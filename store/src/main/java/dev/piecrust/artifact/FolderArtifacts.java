package dev.piecrust.artifact;

import dev.piecrust.activity.ArtifactRef;
import dev.piecrust.failure.DiskFailures;
import dev.piecrust.failure.FailureCategory;
import dev.piecrust.failure.PieCrustException;
import dev.piecrust.input.Sha256;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts in a folder: the content with SHA-256 {@code aabb…} is the file {@code aa/bb/aabb…}. A
 * file appears under its name only when all of it is on the disk, so a process killed while it
 * writes leaves nothing but a temporary file. What is read is compared with its hash first, and
 * what a disk has damaged is replaced when the same content is put again.
 */
public final class FolderArtifacts implements ArtifactStore {
  private final Path root;
  private final Path unfinished;

  /** Folders are as open to others as the one that they are in. */
  private final FileAttribute<?>[] likeTheRoot;

  /** Uses the folder, and makes it where it is missing. */
  public FolderArtifacts(Path root) {
    this.root = root;
    this.unfinished = root.resolve("unfinished");
    try {
      Files.createDirectories(root);
      likeTheRoot = permissions(root);
      Files.createDirectories(unfinished, likeTheRoot);
    } catch (IOException e) {
      throw DiskFailures.of("the artifact folder %s could not be made".formatted(root), e);
    }
  }

  private static FileAttribute<?>[] permissions(Path folder) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    return view == null
        ? new FileAttribute<?>[0]
        : new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(view.readAttributes().permissions())
        };
  }

  @Override
  public ArtifactRef put(Content content) {
    Path temporary = null;
    try {
      temporary = Files.createTempFile(unfinished, "put", null);
      ArtifactRef ref = write(temporary, content);
      if (!exists(ref) || !intact(ref)) {
        publish(temporary, file(ref));
      }
      return ref;
    } catch (IOException e) {
      throw DiskFailures.of("an artifact could not be written to %s".formatted(root), e);
    } finally {
      discard(temporary);
    }
  }

  @Override
  public InputStream open(ArtifactRef ref) {
    Path file = file(ref);
    try {
      long length = Files.size(file);
      if (length != ref.bytes()) {
        throw damaged(ref, "it has %d bytes, expected %d".formatted(length, ref.bytes()));
      }
      String sha256 = Sha256.of(file);
      if (!sha256.equals(ref.sha256())) {
        throw damaged(ref, "the SHA-256 of its content is " + sha256);
      }
      return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    } catch (NoSuchFileException e) {
      throw PieCrustException.external(
          "artifact %s is missing from %s".formatted(ref.sha256(), root), e);
    } catch (IOException e) {
      throw DiskFailures.of("artifact %s in %s could not be read".formatted(ref.sha256(), root), e);
    }
  }

  private PieCrustException damaged(ArtifactRef ref, String how) {
    return new PieCrustException(
        FailureCategory.EXTERNAL,
        "artifact %s in %s is damaged: %s; './piecrust run SPEC --fresh' computes it again, and nothing else"
            .formatted(ref.sha256(), root, how));
  }

  @Override
  public boolean exists(ArtifactRef ref) {
    try {
      return Files.size(file(ref)) == ref.bytes();
    } catch (IOException e) {
      return false;
    }
  }

  private Path file(ArtifactRef ref) {
    String key = ref.sha256();
    return root.resolve(key.substring(0, 2)).resolve(key.substring(2, 4)).resolve(key);
  }

  private static ArtifactRef write(Path temporary, Content content) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), sha256), 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return new ArtifactRef(HexFormat.of().formatHex(sha256.digest()), channel.size());
    }
  }

  private void publish(Path temporary, Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder, likeTheRoot);
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    } catch (IOException e) {
      // Some systems cannot open a folder; the file itself is on the disk already.
      return;
    }
  }

  private static void discard(@Nullable Path temporary) {
    if (temporary == null) {
      return;
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // What is left over is a temporary file that nobody reads.
      return;
    }
  }
}
