package dev.piecrust.store.database;

import static dev.piecrust.failure.PieCrustException.user;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.resource.jdbc.spi.StatementInspector;

/** A connected, migrated database. Every call is one transaction; safe for use by many threads. */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 8;
  private static final String POSTGRES = "jdbc:postgresql:";
  private static final long CONNECT_MS = 10_000;

  private final QuietLogs logs;
  private final HikariDataSource source;
  private final EntityManagerFactory entities;

  private final LongAdder statements;
  private final Optional<Undisturbed> undisturbed;

  private Database(
      QuietLogs logs,
      HikariDataSource source,
      EntityManagerFactory entities,
      LongAdder statements) {
    this.logs = logs;
    this.source = source;
    this.entities = entities;
    this.statements = statements;
    this.undisturbed = isPostgres() ? Optional.empty() : Optional.of(new Undisturbed());
  }

  /**
   * Connects, migrates and starts. A database that another process holds is a user error; one that
   * does not answer is an external one.
   *
   * @param rows the entities that it has
   */
  public static Database open(DatabaseConfig config, List<Class<?>> rows) {
    QuietLogs logs = new QuietLogs();
    HikariDataSource source;
    try {
      source = new HikariDataSource(pool(config));
    } catch (RuntimeException e) {
      throw DatabaseErrors.whileOpening(config, e);
    }
    try {
      Migrations.run(source);
      LongAdder statements = new LongAdder();
      return new Database(logs, source, entities(source, rows, statements), statements);
    } catch (RuntimeException e) {
      source.close();
      throw DatabaseErrors.whileOpening(config, e);
    }
  }

  /**
   * Runs {@code work} in a transaction and returns what it returns. Where another process inserted
   * the same row in between, it runs a second time, and then finds that row.
   */
  public <T> T call(Function<EntityManager, T> work) {
    try {
      return inTransaction(work);
    } catch (RuntimeException e) {
      if (!DatabaseErrors.anotherWasFirst(e)) {
        throw DatabaseErrors.whileRunning(e);
      }
    }
    try {
      return inTransaction(work);
    } catch (RuntimeException e) {
      throw DatabaseErrors.whileRunning(e);
    }
  }

  private <T> T inTransaction(Function<EntityManager, T> work) {
    return undisturbed.isPresent()
        ? undisturbed.get().call(() -> entities.callInTransaction(work))
        : entities.callInTransaction(work);
  }

  /** Runs {@code work} in a transaction. */
  public void run(Consumer<EntityManager> work) {
    call(
        em -> {
          work.accept(em);
          return Boolean.TRUE;
        });
  }

  /**
   * The time in milliseconds by one clock for all processes that share this database: the server's,
   * or for an embedded database that of its only process.
   */
  public long nowMs(EntityManager em) {
    if (!isPostgres()) {
      return System.currentTimeMillis();
    }
    Object now =
        em.createNativeQuery("select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")
            .getSingleResult();
    return ((Number) now).longValue();
  }

  private boolean isPostgres() {
    return source.getJdbcUrl().startsWith(POSTGRES);
  }

  /** How many statements this process has sent so far. */
  public long statements() {
    return statements.sum();
  }

  @Override
  public void close() {
    entities.close();
    source.close();
    undisturbed.ifPresent(Undisturbed::close);
    logs.release();
  }

  private static HikariConfig pool(DatabaseConfig config) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("piecrust");
    pool.setDriverClassName(driver(config.url()));
    pool.setJdbcUrl(config.url());
    pool.setUsername(config.user());
    pool.setPassword(config.password());
    pool.setMaximumPoolSize(CONNECTIONS);
    pool.setConnectionTimeout(CONNECT_MS);
    pool.setAutoCommit(false);
    return pool;
  }

  private static String driver(String url) {
    if (url.startsWith("jdbc:h2:")) {
      return "org.h2.Driver";
    }
    if (url.startsWith(POSTGRES)) {
      return "org.postgresql.Driver";
    }
    throw user("the database's URL is '%s', expected jdbc:h2:… or jdbc:postgresql:…", url);
  }

  private static EntityManagerFactory entities(
      HikariDataSource source, List<Class<?>> rows, LongAdder statements) {
    return new HibernatePersistenceConfiguration("piecrust")
        .managedClasses(rows.toArray(Class<?>[]::new))
        .property(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, source)
        .property(
            AvailableSettings.PHYSICAL_NAMING_STRATEGY, new PhysicalNamingStrategySnakeCaseImpl())
        .property(AvailableSettings.IN_CLAUSE_PARAMETER_PADDING, true)
        .property(AvailableSettings.STATEMENT_INSPECTOR, counting(statements))
        .property(AvailableSettings.STATEMENT_BATCH_SIZE, 100)
        .property(AvailableSettings.ORDER_INSERTS, true)
        .property(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
        .createEntityManagerFactory();
  }

  private static StatementInspector counting(LongAdder statements) {
    return sql -> {
      statements.increment();
      return sql;
    };
  }
}
