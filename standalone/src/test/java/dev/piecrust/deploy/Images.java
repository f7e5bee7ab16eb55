package dev.piecrust.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Which images may be named: those built here, and others' with one tag each. */
final class Images {
  /** Others', with the variables of theirs that our files set. */
  static final Map<String, Set<String>> OTHERS =
      Map.ofEntries(
          Map.entry("maven:3.9.9-eclipse-temurin-17", Set.of()),
          Map.entry("eclipse-temurin:17.0.17_10-jre-noble", Set.of()),
          Map.entry("nvidia/cuda:12.8.1-base-ubuntu24.04", Set.of()),
          Map.entry(
              "postgres:17.6",
              Set.of(
                  "POSTGRES_PASSWORD",
                  "TEMPORAL_DATABASE_PASSWORD",
                  "PIECRUST_DATABASE_PASSWORD",
                  "PGDATA")),
          Map.entry(
              "temporalio/auto-setup:1.29.1",
              Set.of(
                  "DB",
                  "DB_PORT",
                  "POSTGRES_SEEDS",
                  "POSTGRES_USER",
                  "POSTGRES_PWD",
                  "SKIP_DB_CREATE",
                  "SKIP_ADD_CUSTOM_SEARCH_ATTRIBUTES",
                  "DEFAULT_NAMESPACE",
                  "DEFAULT_NAMESPACE_RETENTION",
                  "NUM_HISTORY_SHARDS",
                  "LOG_LEVEL")),
          Map.entry(
              "temporalio/ui:2.42.1", Set.of("TEMPORAL_ADDRESS", "TEMPORAL_DEFAULT_NAMESPACE")),
          Map.entry("versity/versitygw:v1.8.0", Set.of("ROOT_ACCESS_KEY", "ROOT_SECRET_KEY")),
          Map.entry(
              "amazon/aws-cli:2.17.36",
              Set.of(
                  "AWS_ACCESS_KEY_ID",
                  "AWS_SECRET_ACCESS_KEY",
                  "AWS_DEFAULT_REGION",
                  "AWS_ENDPOINT_URL")),
          Map.entry("prom/prometheus:v3.5.0", Set.of()),
          Map.entry(
              "grafana/grafana:11.6.1",
              Set.of(
                  "GF_SECURITY_ADMIN_PASSWORD",
                  "GF_USERS_ALLOW_SIGN_UP",
                  "GF_ANALYTICS_REPORTING_ENABLED",
                  "GF_ANALYTICS_CHECK_FOR_UPDATES")));

  /** Built here: the name, and the file that builds it. */
  static final Map<String, String> OURS =
      Map.of("piecrust", "Containerfile", "piecrust-cuda", "Containerfile.cuda");

  private static final Pattern FROM = Pattern.compile("(?m)^FROM (\\S+)(?: AS (\\S+))?");
  private static final Pattern ARGUMENT = Pattern.compile("(?m)^ARG (\\w+)=(\\S+)");

  private Images() {}

  static boolean ours(String image) {
    return OURS.containsKey(name(image));
  }

  private static String name(String image) {
    int colon = image.lastIndexOf(':');
    return colon < 0 ? image : image.substring(0, colon);
  }

  private static Optional<String> tag(String image) {
    int colon = image.lastIndexOf(':');
    return colon < 0 ? Optional.empty() : Optional.of(image.substring(colon + 1));
  }

  /**
   * What is wrong with an image.
   *
   * @param version the program's, which is the tag of its images
   * @param kustomized whether kustomize gives tags to our images
   */
  static List<String> problems(String where, String image, String version, boolean kustomized) {
    List<String> problems = new ArrayList<>();
    if (ours(image)) {
      boolean right = kustomized ? tag(image).isEmpty() : tag(image).equals(Optional.of(version));
      if (!right) {
        problems.add("%s: image %s, expected the tag %s".formatted(where, image, version));
      }
    } else if (!OTHERS.containsKey(image)) {
      problems.add("%s: image %s is neither built here nor pinned".formatted(where, image));
    }
    return problems;
  }

  /** The images that a container file begins with, its own stages left out. */
  static List<String> bases(String containerfile) {
    List<String> stages = new ArrayList<>();
    List<String> bases = new ArrayList<>();
    for (MatchResult from : FROM.matcher(containerfile).results().toList()) {
      String image = from.group(1);
      for (MatchResult argument : ARGUMENT.matcher(containerfile).results().toList()) {
        image = image.replace("${" + argument.group(1) + "}", argument.group(2));
      }
      if (!stages.contains(image)) {
        bases.add(image);
      }
      Optional.ofNullable(from.group(2)).ifPresent(stages::add);
    }
    return bases;
  }
}
