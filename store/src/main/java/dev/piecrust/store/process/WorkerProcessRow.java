package dev.piecrust.store.process;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "worker_process")
class WorkerProcessRow {
  @Id String id;
  String kind;
  String host;
  long pid;
  String version;
  String device;
  @Nullable Long memoryUsed;
  @Nullable Long memoryTotal;
  String running;
  @Nullable String hosts;
  long startedMs;
  long seenMs;

  WorkerProcessRow() {}

  WorkerProcessRow(String id, long startedMs) {
    this.id = id;
    this.startedMs = startedMs;
  }
}
