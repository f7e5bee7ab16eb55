package dev.piecrust.view.compare;

import dev.piecrust.campaign.CampaignSpec;
import dev.piecrust.campaign.KeptBy;
import dev.piecrust.campaign.TaskSpec;
import dev.piecrust.store.database.SqlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Counts the features that two campaigns keep; ids mean something within one transcoder alone. */
record ComparedKept(SqlReader reader) {
  private static final String FEATURES =
      "(select distinct layer, feature from kept_prompt where campaign_id = :%1$s and task = :task)"
          + " %1$s";
  private static final String COUNT = "select count(*), 1 from ";
  private static final String ONE = COUNT + FEATURES.formatted("a");
  private static final String BOTH =
      ONE + " join " + FEATURES.formatted("b") + " on a.layer = b.layer and a.feature = b.feature";

  /**
   * @param specs one for each of the ids
   */
  List<Comparing.Kept> of(List<String> ids, List<CampaignSpec> specs) {
    List<Comparing.Kept> all = new ArrayList<>();
    CampaignSpec first = specs.get(0);
    for (TaskSpec task : first.tasks()) {
      long ours = count(ONE, Map.of("a", ids.get(0), "task", task.name()));
      for (int i = 1; i < ids.size(); i++) {
        CampaignSpec other = specs.get(i);
        boolean same =
            other.subject().transcoder().equals(first.subject().transcoder())
                && other.tasks().stream().map(TaskSpec::name).anyMatch(task.name()::equals);
        long theirs = same ? count(ONE, Map.of("a", ids.get(i), "task", task.name())) : 0;
        if (ours > 0 && theirs > 0) {
          long common = count(BOTH, Map.of("a", ids.get(i), "b", ids.get(0), "task", task.name()));
          all.add(
              new Comparing.Kept(
                  task.name(),
                  ids.get(i),
                  rule(other),
                  rule(first),
                  theirs,
                  ours,
                  common,
                  (double) common / (theirs + ours - common)));
        }
      }
    }
    return all;
  }

  private long count(String sql, Map<String, String> parameters) {
    return reader.first(sql, parameters, row -> row.number(0)).orElse(0L);
  }

  private static String rule(CampaignSpec spec) {
    KeptBy rule = spec.keptBy();
    return "%s at K=%d".formatted(rule.method().label(), rule.budget());
  }
}
