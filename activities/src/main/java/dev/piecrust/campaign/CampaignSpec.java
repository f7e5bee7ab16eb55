package dev.piecrust.campaign;

import static dev.piecrust.failure.PieCrustException.user;

import java.util.List;

/**
 * A campaign as its author wrote it, with defaults filled in and paths absolute (ARCHITECTURE.md
 * §9).
 */
public record CampaignSpec(
    String name, SubjectSpec subject, List<TaskSpec> tasks, PruneSpec prune, LimitsSpec limits) {
  public CampaignSpec {
    if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
      throw user("name '%s': expected up to 64 letters, digits, '.', '_' or '-'", name);
    }
    tasks = List.copyOf(tasks);
    if (tasks.isEmpty()) {
      throw user("tasks: expected at least one");
    }
    if (tasks.stream().map(TaskSpec::name).distinct().count() < tasks.size()) {
      throw user("tasks: two have the same name; give each its own 'name'");
    }
  }

  /** The task of this name. */
  public TaskSpec task(String taskName) {
    return tasks.stream()
        .filter(t -> t.name().equals(taskName))
        .findFirst()
        .orElseThrow(() -> user("campaign %s has no task '%s'", name, taskName));
  }
}
