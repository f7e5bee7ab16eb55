package dev.piecrust.hub;

import static dev.piecrust.failure.PieCrustException.external;
import static dev.piecrust.failure.PieCrustException.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.HubRef;
import dev.piecrust.campaign.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a repository holds at a commit.
 *
 * @param ref pinned to the commit
 */
public record HubListing(HubRef ref, List<HubFile> files) {
  public HubListing {
    files = List.copyOf(files);
  }

  /** Reads the hub's answer to a question about a revision. */
  static HubListing parse(HubRef asked, String json) {
    try {
      JsonNode answer = Json.mapper().readTree(json);
      HubRef ref = asked.at(answer.path("sha").asText());
      if (!ref.pinned() || (asked.pinned() && !asked.equals(ref))) {
        throw new IOException("it is about '%s'".formatted(ref.revision()));
      }
      List<HubFile> files = new ArrayList<>();
      for (JsonNode file : answer.path("siblings")) {
        files.add(file(file));
      }
      return new HubListing(ref, files);
    } catch (IOException e) {
      throw external("the hub's answer about %s cannot be read".formatted(asked), e);
    }
  }

  private static HubFile file(JsonNode file) {
    JsonNode lfs = file.path("lfs");
    return new HubFile(
        file.path("rfilename").asText(),
        lfs.path("size").asLong(file.path("size").asLong(-1)),
        lfs.path("sha256").asText(file.path("blobId").asText()));
  }

  /** The file at a path, if there is one. */
  public Optional<HubFile> file(String path) {
    return files.stream().filter(file -> file.path().equals(path)).findFirst();
  }

  /** The same of one that another file names; a user error where it is not there. */
  HubFile named(String path) {
    return file(path)
        .orElseThrow(
            () -> user("%s has no file %s, expected it since an index names it", ref, path));
  }
}
