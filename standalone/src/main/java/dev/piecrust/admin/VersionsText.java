package dev.piecrust.admin;

import dev.piecrust.admin.DeploymentVersions.Routing;
import dev.piecrust.admin.DeploymentVersions.Version;
import dev.piecrust.report.file.BuildVersion;
import dev.piecrust.workers.Deployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is set of a deployment's versions, and what is not.
 *
 * @param deployment its name
 * @param named whether this environment names it for the processes that it starts
 * @param build the build id of processes that this environment starts; absent where it names no
 *     deployment, and they have none
 * @param routing where new campaigns begin
 * @param versions as the server knows them
 */
public record VersionsText(
    String deployment,
    boolean named,
    Optional<String> build,
    Routing routing,
    List<Version> versions) {
  private static final String USUAL_NAME = "piecrust";

  public VersionsText {
    versions = List.copyOf(versions);
  }

  /** The deployment that an environment means, whether or not it names one. */
  public static String name(Map<String, String> environment) {
    String name = environment.getOrDefault(Deployment.NAME, "");
    return name.isBlank() ? USUAL_NAME : name;
  }

  /** What the server and an environment say. */
  public static VersionsText of(DeploymentVersions versions, Map<String, String> environment) {
    Optional<Deployment> own = Deployment.of(environment);
    return new VersionsText(
        versions.deployment(),
        own.isPresent(),
        own.map(Deployment::build),
        versions.routing(),
        versions.list());
  }

  /** For people: a line for each setting, then one for each version. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "deployment",
            named
                ? deployment
                : deployment
                    + " (%s is unset here: a 'serve' that is started so is no version of it)"
                        .formatted(Deployment.NAME)));
    lines.add(
        line(
            "build id",
            build.orElse(
                "unset (with %s set it is %s, or %s)"
                    .formatted(Deployment.NAME, BuildVersion.read(), Deployment.BUILD))));
    lines.add(
        line(
            "current",
            routing
                .current()
                .orElse(
                    versions.isEmpty()
                        ? "unset (no worker has named the deployment yet)"
                        : "unset (campaigns begin on a 'serve' without a version alone; --current"
                            + " BUILD sets it)")));
    lines.add(
        line(
            "ramping",
            routing
                .ramping()
                .map(one -> "%s, %.4g %%".formatted(one, routing.rampingPercent()))
                .orElse("unset (no share of new campaigns begins on another version)")));
    versions.forEach(version -> lines.add(line(version.build(), version.state())));
    return lines;
  }

  private static String line(String what, String said) {
    return "%-12s%s".formatted(what, said);
  }
}
