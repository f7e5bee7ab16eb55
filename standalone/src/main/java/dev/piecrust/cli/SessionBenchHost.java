package dev.piecrust.cli;

import dev.piecrust.activity.ControlActivities;
import dev.piecrust.bench.command.BenchHost;
import dev.piecrust.bench.load.Homes;
import dev.piecrust.bench.orchestration.Plans;
import dev.piecrust.bench.web.PageServer;
import dev.piecrust.control.Served;
import dev.piecrust.embedded.EmbeddedTemporal;
import dev.piecrust.embedded.Home;
import dev.piecrust.observe.Instruments;
import dev.piecrust.serve.ServedBeans;
import dev.piecrust.workers.Factories;
import dev.piecrust.workers.Tuning;
import dev.piecrust.workers.Workers;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * This program, for benchmarks. Only what has made sure that there are some may name this class.
 */
public final class SessionBenchHost implements BenchHost {
  /** What workers of models have in deploy/. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Session session;

  SessionBenchHost(Session session) {
    this.session = session;
  }

  @Override
  public PrintStream out() {
    return session.terminal().out();
  }

  @Override
  public PrintStream err() {
    return session.terminal().err();
  }

  @Override
  public void printJson(Object value) {
    session.terminal().printJson(value);
  }

  @Override
  public Path root() {
    return session.root();
  }

  @Override
  public int besideServer(ToIntFunction<PageServer> work) {
    return session.besideServer(beans -> work.applyAsInt(new Beans(beans)));
  }

  @Override
  public Homes homes() {
    return new ProgramHomes();
  }

  @Override
  public Plans plans() {
    return programPlans();
  }

  /** The plans as this program runs them. */
  public static Plans programPlans() {
    return new ProgramPlans();
  }

  private record Beans(ServedBeans beans) implements PageServer {
    @Override
    public <T extends Served> T serve(Supplier<T> start) {
      return beans.serve(start);
    }

    @Override
    public int httpPort() {
      return beans.httpPort();
    }

    @Override
    public String token() {
      return beans.token();
    }
  }

  private record ProgramHomes() implements Homes {
    @Override
    public String variable() {
      return Home.VARIABLE;
    }

    @Override
    public Optional<Endpoint> owner(Path home) {
      return new Home(home).owner().map(owner -> new Endpoint(owner.port(), owner.token()));
    }
  }

  private record ProgramPlans() implements Plans {
    @Override
    public Server temporal() {
      return new InProcess(new EmbeddedTemporal(Instruments.none()));
    }

    @Override
    public Part start(WorkflowClient client, ControlActivities control) {
      return new Workers(client, Duration.ZERO, Tuning.defaults()).control(control).start()::close;
    }

    @Override
    public WorkerProcess process(WorkflowClient client) {
      Factories all =
          new Factories(client, WorkerFactoryOptions.getDefaultInstance(), List.of(), PATIENCE);
      return new TakingWork(all, all.add());
    }
  }

  private record TakingWork(Factories all, WorkerFactory factory) implements Plans.WorkerProcess {
    @Override
    public void close() {
      all.close();
    }
  }

  private record InProcess(EmbeddedTemporal temporal) implements Plans.Server {
    @Override
    public WorkflowClient client() {
      return temporal.client();
    }

    @Override
    public void close() {
      temporal.close();
    }
  }
}
