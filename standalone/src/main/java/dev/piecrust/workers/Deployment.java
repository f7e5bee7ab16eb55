package dev.piecrust.workers;

import static dev.piecrust.failure.PieCrustException.user;

import dev.piecrust.report.file.BuildVersion;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which version of the plans a process runs, for an installation whose campaigns outlive upgrades:
 * {@code PIECRUST_DEPLOYMENT} names the deployment, and {@code PIECRUST_BUILD_ID} the version in
 * it, by default the program's.
 *
 * @param name of all versions together
 * @param build of this one
 */
public record Deployment(String name, String build) {
  public static final String NAME = "PIECRUST_DEPLOYMENT";
  public static final String BUILD = "PIECRUST_BUILD_ID";

  private static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern BUILDS = Pattern.compile("[A-Za-z0-9._+-]{1,64}");

  public Deployment {
    require(NAMES, NAME, name, "1 to 64 letters, digits, - and _");
    require(BUILDS, BUILD, build, "1 to 64 letters, digits, and any of - _ . +");
  }

  /** What the environment says; empty where it names no deployment. */
  public static Optional<Deployment> of(Map<String, String> environment) {
    String name = environment.getOrDefault(NAME, "");
    String build = environment.getOrDefault(BUILD, "");
    return name.isBlank()
        ? Optional.empty()
        : Optional.of(new Deployment(name, build.isBlank() ? BuildVersion.read() : build));
  }

  private static void require(Pattern pattern, String variable, String value, String expected) {
    if (!pattern.matcher(value).matches()) {
      throw user("%s is '%s', expected %s", variable, value, expected);
    }
  }

  /**
   * Campaigns are pinned: one that takes days ends on the version of the plans on which it began,
   * its children and all runs that continue it as new included, so that its numbers come from one
   * program and an upgrade cannot stop it halfway. The price is small: the old version's {@code
   * serve}, which costs next to nothing, has to run beside the new one's until its last campaign
   * has ended. Upgraded automatically they would move to the new code in the middle of a stage,
   * which is safe only as long as every change replays every history.
   */
  WorkerDeploymentOptions options() {
    return WorkerDeploymentOptions.newBuilder()
        .setUseVersioning(true)
        .setVersion(new WorkerDeploymentVersion(name, build))
        .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
        .build();
  }
}
