package dev.piecrust.cluster;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

/** A kind of process that dies, in the order in which a campaign loses them. */
enum Victim {
  LLM_WORKER("LLM worker", Duration.ofMinutes(1)),
  GPU_WORKER("GPU worker", Duration.ofSeconds(15)),
  TEMPORAL("Temporal server", Duration.ZERO),
  POSTGRESQL("PostgreSQL", Duration.ZERO),
  WEB("web", Duration.ofSeconds(15));

  private final String words;
  private final Duration heartbeat;

  Victim(String words, Duration heartbeat) {
    this.words = words;
    this.heartbeat = heartbeat;
  }

  /** Who dies in a stage; in as many rounds as there are kinds, each does in each stage. */
  static Victim of(Stage stage, int round) {
    int before = EnumSet.range(Stage.PLAN, stage).size() - 1;
    return List.of(values()).get((before + round) % values().length);
  }

  /** After how long a silence its work is given away; zero for a server, whose clients wait. */
  Duration heartbeat() {
    return heartbeat;
  }

  boolean isWorker() {
    return !heartbeat.isZero();
  }

  /** Kills one with -9, and starts it again. */
  void killAndStart(TestCluster cluster) throws Exception {
    switch (this) {
      case LLM_WORKER -> cluster.killAndStart(cluster.busy(TestCluster.Role.LLM));
      case GPU_WORKER -> cluster.killAndStart(cluster.busy(TestCluster.Role.GPU));
      case TEMPORAL -> cluster.temporal.killAndStart();
      case POSTGRESQL -> cluster.postgres.killAndStart();
      case WEB -> cluster.killAndStart("serve");
    }
  }

  @Override
  public String toString() {
    return words;
  }
}
