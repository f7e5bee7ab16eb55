package dev.piecrust.workflow;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Recorded histories that are too long to lie around unpacked. */
final class Histories {
  static final Path FOLDER = Path.of("src/test/resources/histories");

  private Histories() {}

  /** Replays one through a workflow; throws what that throws. */
  static void replay(String name, Class<?> workflow) throws Exception {
    WorkflowReplayer.replayWorkflowExecution(read(FOLDER.resolve(name + ".json.gz")), workflow);
  }

  /** Reads one, packed or not. */
  static WorkflowExecutionHistory read(Path file) throws IOException {
    boolean packed = file.toString().endsWith(".gz");
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = packed ? new GZIPInputStream(raw) : raw) {
      return WorkflowExecutionHistory.fromJson(
          new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Records the latest run of a workflow. */
  static void writeLatest(TestBench bench, String workflowId, String name) throws IOException {
    write(bench, WorkflowExecution.newBuilder().setWorkflowId(workflowId).build(), name);
  }

  /** Records the first run of a workflow, or the latest where none is asked for. */
  static void write(TestBench bench, WorkflowExecution run, String name) throws IOException {
    WorkflowExecutionHistory history =
        bench.temporal.getWorkflowClient().fetchHistory(run.getWorkflowId(), run.getRunId());
    String json = history.toJson(false).replaceAll("\\d+@[^\"]+", "1@worker");
    Path file = FOLDER.resolve(System.getProperty("piecrust.record") + "-" + name + ".json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(json.getBytes(StandardCharsets.UTF_8));
    }
  }
}
