package dev.piecrust.reference;

import dev.piecrust.address.LlmAccess;
import dev.piecrust.artifact.ArtifactLocation;
import dev.piecrust.artifact.S3Location;
import dev.piecrust.bench.orchestration.DevServer;
import dev.piecrust.cli.outage.Patience;
import dev.piecrust.cluster.Installation;
import dev.piecrust.cluster.PayloadKeys;
import dev.piecrust.cluster.TemporalConnection;
import dev.piecrust.embedded.Home;
import dev.piecrust.http.EnvironmentProxies;
import dev.piecrust.input.Roots;
import dev.piecrust.model.Residence;
import dev.piecrust.observe.LogFormat;
import dev.piecrust.observe.TraceExport;
import dev.piecrust.serve.ApiAccess;
import dev.piecrust.serve.HttpAddress;
import dev.piecrust.serve.OpenId;
import dev.piecrust.serve.TrustedProxies;
import dev.piecrust.store.database.DatabaseConfig;
import dev.piecrust.tensor.DeviceChoice;
import dev.piecrust.tensor.TensorRuntime;
import dev.piecrust.train.ActivationFolder;
import dev.piecrust.workers.Deployment;
import dev.piecrust.workers.Tuning;
import java.util.List;

/** Every environment variable that the program, its launcher and its files for containers read. */
final class EnvironmentReference {
  private static final String NONE = "–";

  private EnvironmentReference() {}

  static List<VariableGroup> groups() {
    return List.of(
        machine(),
        installation(),
        temporal(),
        people(),
        upgrades(),
        watching(),
        models(),
        hub(),
        proxies(),
        libraries(),
        compose());
  }

  private static VariableGroup machine() {
    return VariableGroup.of(
        "One machine",
        new Variable(Home.VARIABLE, "~/.piecrust", "Where data live: database, artifacts, log."),
        new Variable(
            ActivationFolder.VARIABLE,
            "activations in PIECRUST_HOME",
            "Where trainings with activations: disk keep them."),
        new Variable(
            Roots.VARIABLE,
            "all files",
            "Folders, with ':' between them, that files named in specs must lie in."),
        new Variable(
            DeviceChoice.VARIABLE,
            "every GPU, or the CPU",
            "The devices to work on: auto, cpu, cpu*2 (two hosts on the CPU), cuda:0, or several"
                + " such as cuda:0,cuda:1."),
        new Variable(
            Residence.VARIABLE,
            "memory",
            "disk reads the matrices of one layer at a time, a model's and a transcoder's encoders,"
                + " each time that they are used: for what memory cannot hold, at the speed of the"
                + " disk. circuit-greedy holds all of them even so."),
        new Variable(
            TensorRuntime.TF32, "1", "0 has GPUs multiply matrices in full f32 instead of TF32."),
        new Variable("JAVA_HOME", "the java on the PATH", "The JDK to use, 17 or newer."),
        new Variable("PIECRUST_JAVA_OPTS", NONE, "More options for the program's JVM."),
        new Variable("MAVEN_OPTS", NONE, "Options for the JVM that builds the program."),
        new Variable(
            DevServer.VARIABLE,
            "temporal on the PATH",
            "The temporal command with which 'bench orchestration' and 'bench devices' start a"
                + " server."));
  }

  private static VariableGroup installation() {
    return VariableGroup.of(
        "Many machines",
        new Variable(
            Installation.DATABASE_URL,
            "one process by itself",
            "The database that all processes share: jdbc:postgresql://HOST/DATABASE."),
        new Variable(DatabaseConfig.USER_VARIABLE, DatabaseConfig.DEFAULT_USER, "Its user."),
        new Variable(DatabaseConfig.PASSWORD_VARIABLE, NONE, "The user's password."),
        new Variable(
            ArtifactLocation.VARIABLE,
            "required with a shared database",
            "Where artifacts are kept: a folder that all machines see, or s3://BUCKET/PREFIX."),
        new Variable(
            S3Location.ENDPOINT, "AWS", "Address of an S3-compatible store: https://HOST:PORT."),
        new Variable(S3Location.REGION, S3Location.DEFAULT_REGION, "The bucket's region."),
        new Variable(
            "AWS_ACCESS_KEY_ID",
            NONE,
            "The store's user; AWS's other variables, profiles and roles hold too."),
        new Variable("AWS_SECRET_ACCESS_KEY", NONE, "The user's key."),
        new Variable(
            PayloadKeys.KEYS,
            "nothing is sealed",
            "ID:KEY,ID:KEY with 32 random bytes each in Base64: the first seals what goes through"
                + " Temporal, all of them open it."),
        new Variable(PayloadKeys.FILE, NONE, "Instead, a file with one ID:KEY a line."));
  }

  private static VariableGroup temporal() {
    return VariableGroup.of(
        "Temporal",
        new Variable(
            "TEMPORAL_ADDRESS",
            TemporalConnection.DEFAULT_ADDRESS,
            "The server; Temporal's own variables and profile files hold, these among them."),
        new Variable("TEMPORAL_NAMESPACE", "default", "The namespace."),
        new Variable("TEMPORAL_API_KEY", NONE, "A key for it."),
        new Variable("TEMPORAL_TLS", "false, true with a key", "Whether to speak TLS."),
        new Variable(
            "TEMPORAL_TLS_SERVER_CA_CERT_PATH", "the JDK's", "Who may vouch for the server."),
        new Variable("TEMPORAL_TLS_CLIENT_CERT_PATH", NONE, "Certificate of this program."),
        new Variable("TEMPORAL_TLS_CLIENT_KEY_PATH", NONE, "The certificate's key."),
        new Variable(
            "TEMPORAL_TLS_SERVER_NAME", "the address's", "The server's name in its certificate."));
  }

  private static VariableGroup people() {
    return VariableGroup.of(
        "Pages and REST API",
        new Variable(HttpAddress.HOST, "127.0.0.1", "The interface that serve listens on."),
        new Variable(HttpAddress.PORT, "" + HttpAddress.DEFAULT_PORT, "Its port."),
        new Variable(OpenId.ISSUER, NONE, "An issuer of OpenID Connect whose users are let in."),
        new Variable(OpenId.CLIENT_ID, "required with an issuer", "This client's name there."),
        new Variable(OpenId.CLIENT_SECRET, NONE, "Its secret, where the issuer asks for one."),
        new Variable(OpenId.AUDIENCE, "the client", "Whom access tokens must be for."),
        new Variable(
            OpenId.ROLES_CLAIM,
            OpenId.DEFAULT_ROLES_CLAIM,
            "The claim with the roles viewer, operator and admin; '/' leads into a nested one."),
        new Variable(
            ApiAccess.TOKEN,
            NONE,
            "A secret of 16 characters or more whose bearers may do everything; for commands with"
                + " --server, the one that lets them in."),
        new Variable(ApiAccess.VIEW_TOKEN, NONE, "The same for those who may only look."),
        new Variable(
            TrustedProxies.VARIABLE,
            NONE,
            "Addresses or ranges, such as 10.0.0.0/8, of the proxies before serve: their"
                + " X-Forwarded-For, -Host and -Proto say who asks, by which name, and whether over"
                + " TLS."),
        new Variable(
            HttpAddress.SERVER, "this machine", "The PieCrust elsewhere that commands work on."),
        new Variable(
            Patience.VARIABLE,
            "" + Patience.USUAL_SECONDS,
            "Seconds that commands wait for a server, a database or Temporal that is away; 0 for"
                + " not at all."));
  }

  private static VariableGroup upgrades() {
    return VariableGroup.of(
        "Upgrades and tuning",
        new Variable(
            Deployment.NAME,
            "versions are not told apart",
            "Name of the deployment whose campaigns end on the version they began on."),
        new Variable(Deployment.BUILD, "the program's version", "Name of this version in it."),
        new Variable(
            Tuning.LLM_SLOTS,
            "" + Tuning.DEFAULT_LLM_SLOTS,
            "Questions that a worker asks language models at once."),
        new Variable(
            Tuning.WORKFLOW_CACHE,
            "" + Tuning.DEFAULT_WORKFLOW_CACHE,
            "Workflows that serve keeps in memory between their steps."));
  }

  private static VariableGroup watching() {
    return VariableGroup.of(
        "Watching it",
        new Variable("QUARKUS_MANAGEMENT_HOST", "127.0.0.1", "Where metrics and health are shown."),
        new Variable("QUARKUS_MANAGEMENT_PORT", "any that is free", "The port of the same."),
        new Variable(
            LogFormat.VARIABLE, "text", "json writes the log on stderr, an object a line."),
        new Variable(
            TraceExport.VARIABLE,
            "no traces",
            "An OpenTelemetry collector: http://HOST:4318, or :4317 for gRPC."),
        new Variable(
            TraceExport.STANDARD, NONE, "OpenTelemetry's own name for it, where ours is not set."));
  }

  private static VariableGroup models() {
    return VariableGroup.of(
        "Language models",
        new Variable("OPENAI_API_KEY", NONE, "Key of provider openai without a base_url."),
        new Variable("ANTHROPIC_API_KEY", NONE, "Key of provider anthropic."),
        new Variable("GEMINI_API_KEY", NONE, "Key of provider gemini."),
        new Variable("OPENROUTER_API_KEY", NONE, "Key of provider openrouter."),
        new Variable(
            LlmAccess.KEY_NAMES,
            String.join(", ", LlmAccess.USUAL_KEYS),
            "The variables that a spec may name as api_key_env, with commas between: no other is"
                + " ever sent to an endpoint."),
        new Variable(
            LlmAccess.HOSTS,
            "all but the server itself; for one user, all",
            "The only hosts that language models may be asked at: llm.example, *.lab.example or"
                + " 10.0.0.5:8000, with commas between. A cloud's own addresses are refused unless"
                + " they are listed as they are."));
  }

  private static VariableGroup hub() {
    return VariableGroup.of(
        "Hugging Face hub",
        new Variable("HF_TOKEN", "that of HF_HOME/token", "Token of an account, for gated models."),
        new Variable(
            "HF_HUB_OFFLINE", "0", "1: nothing is asked or downloaded, the cache is used."),
        new Variable(
            "HF_HOME",
            "~/.cache/huggingface",
            "Where the token lies, and the cache that the hub's other tools share."),
        new Variable("HF_HUB_CACHE", "HF_HOME/hub", "The cache alone."),
        new Variable("HF_ENDPOINT", "https://huggingface.co", "Another hub, such as a mirror."));
  }

  private static VariableGroup proxies() {
    return VariableGroup.of(
        "Proxies",
        new Variable(
            EnvironmentProxies.HTTPS,
            NONE,
            "The proxy to the hub and to language models: http://HOST:PORT, or"
                + " http://USER:PASSWORD@HOST:PORT. A name in small letters comes first."),
        new Variable(EnvironmentProxies.HTTP, NONE, "The same for addresses with http://."),
        new Variable(
            EnvironmentProxies.NONE,
            "this machine, always",
            "Hosts that are asked directly, with what is below them: lab.example,10.0.0.0/8; or"
                + " *."));
  }

  private static VariableGroup libraries() {
    return VariableGroup.of(
        "Native libraries",
        new Variable("DJL_CACHE_DIR", "~/.djl.ai", "Where PyTorch's libraries are unpacked, once."),
        new Variable(
            "PYTORCH_LIBRARY_PATH", "the CPU's, which ship", "A folder with PyTorch's for CUDA."),
        new Variable("PYTORCH_VERSION", "2.7.1", "Their version."),
        new Variable("PYTORCH_FLAVOR", "cpu", "Their kind, such as cu128."));
  }

  private static VariableGroup compose() {
    return VariableGroup.of(
        "Containers",
        new Variable("PIECRUST_MODELS", "required", "Compose: the folder that is /models."),
        new Variable("PIECRUST_CORPORA", "required", "Compose: the folder that is /corpora."),
        new Variable("PIECRUST_GPU", "0", "Compose: the number of the GPU that is used."),
        new Variable("PIECRUST_IMAGE", "this release's", "Build of the image for CUDA: its base."));
  }
}
