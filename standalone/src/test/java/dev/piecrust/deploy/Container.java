package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A container that a file starts.
 *
 * @param where file and name, for messages
 * @param image as the file says it, with a tag where it has one
 * @param arguments what is given to the image's own command
 * @param variables names of the environment variables that the file itself sets
 * @param graceSeconds how long it may take to stop
 * @param node the container in the file
 */
record Container(
    String where,
    String image,
    List<String> arguments,
    Set<String> variables,
    int graceSeconds,
    JsonNode node) {

  /** Whether it runs this program. */
  boolean ours() {
    return Images.ours(image);
  }
}
