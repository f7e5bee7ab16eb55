package dev.piecrust.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.piecrust.campaign.CampaignState;
import dev.piecrust.metric.Meters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Prometheus can know of the program: names of series, and their labels. */
final class Series {
  /** Given by Prometheus itself, or by a histogram. */
  private static final Set<String> COMMON = Set.of("instance", "job", "le");

  private static final Set<String> TEMPORAL_LABELS =
      Set.of("namespace", "task_queue", "poller_type", "worker_type", "operation", "status_code");

  private static final Pattern NAME =
      Pattern.compile("\\b((?:piecrust|temporal|hikaricp|jvm)_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
  private static final Pattern JOB = Pattern.compile("\\bjob=\"([^\"]*)\"");

  private static final Map<String, Set<String>> LABELS = labels();

  private Series() {}

  /** The names under which each meter of the program may be shown. */
  static List<List<String>> ownMeters() {
    return Arrays.stream(Meters.values()).map(Meters::series).toList();
  }

  /** What a query names that is not there. */
  static List<String> problems(String query) {
    List<String> problems = new ArrayList<>();
    Set<String> labels = new TreeSet<>(COMMON);
    for (MatchResult series :
        NAME.matcher(query.replaceAll("\"[^\"]*\"", "\"\"")).results().toList()) {
      checkName(series.group(1), labels, problems);
    }
    for (MatchResult series : NAME.matcher(query).results().toList()) {
      checkSelector(series, problems);
    }
    for (MatchResult by : BY.matcher(query).results().toList()) {
      Stream.of(by.group(1).split(", *", -1))
          .filter(label -> !labels.contains(label))
          .forEach(label -> problems.add("no series has a label " + label));
    }
    JOB.matcher(query)
        .results()
        .filter(job -> !jobs().contains(job.group(1)))
        .forEach(job -> problems.add("Prometheus has no job " + job.group(1)));
    return problems;
  }

  private static void checkName(String name, Set<String> labels, List<String> problems) {
    Set<String> own = LABELS.get(name);
    if (own == null) {
      problems.add("there is no " + name);
    } else {
      labels.addAll(own);
    }
  }

  private static void checkSelector(MatchResult series, List<String> problems) {
    Set<String> own = LABELS.getOrDefault(series.group(1), Set.of());
    if (series.group(2) == null || own.isEmpty()) {
      return;
    }
    for (MatchResult label : LABEL.matcher(series.group(2)).results().toList()) {
      if (!own.contains(label.group(1)) && !COMMON.contains(label.group(1))) {
        problems.add("%s has no label %s".formatted(series.group(1), label.group(1)));
      }
      if (label.group(1).equals("state") && !states().contains(label.group(2))) {
        problems.add("there is no state " + label.group(2));
      }
    }
  }

  private static Set<String> states() {
    Set<String> states = new TreeSet<>();
    for (CampaignState state : CampaignState.values()) {
      states.add(state.name().toLowerCase(Locale.ROOT));
    }
    return states;
  }

  private static Set<String> jobs() {
    Set<String> jobs = new TreeSet<>();
    for (JsonNode job :
        DeployFolder.document("monitoring/prometheus.yaml").path("scrape_configs")) {
      jobs.add(job.path("job_name").asText());
    }
    return jobs;
  }

  private static Map<String, Set<String>> labels() {
    Map<String, Set<String>> labels = new TreeMap<>();
    for (Meters meter : Meters.values()) {
      meter.series().forEach(name -> labels.put(name, Set.copyOf(meter.tags())));
    }
    ofJava(labels);
    ofTemporal(labels, io.temporal.worker.MetricsType.class);
    ofTemporal(labels, io.temporal.serviceclient.MetricsType.class);
    return labels;
  }

  private static void ofJava(Map<String, Set<String>> labels) {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    new JvmMemoryMetrics().bindTo(registry);
    for (Meter meter : registry.getMeters()) {
      String name = meter.getId().getName().replace('.', '_') + "_" + meter.getId().getBaseUnit();
      Set<String> tags = new TreeSet<>();
      meter.getId().getTags().forEach(tag -> tags.add(tag.getKey()));
      labels.put(name, tags);
    }
  }

  /** Counters, gauges and timers by the constants that the SDK has for them. */
  private static void ofTemporal(Map<String, Set<String>> labels, Class<?> names) {
    for (Field field : names.getFields()) {
      try {
        String name = String.valueOf(field.get(null));
        Stream.of("", "_total", "_seconds_sum", "_seconds_count", "_seconds_max")
            .forEach(suffix -> labels.put(name + suffix, TEMPORAL_LABELS));
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
