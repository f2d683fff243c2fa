package millrace.wire;

import static millrace.wire.RegistryRequest.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.apache.avro.Schema;

/**
 * The operations of Confluent's registry REST API that Millrace uses. Remembers nothing but which URL answered last.
 *
 * <p>Every operation ends within the settings' total timeout, whatever name resolution, connecting or a dripping answer takes: it runs
 * on a daemon thread of the client and its caller stops waiting. Throws {@link RegistryException} only.
 */
final class RegistryClient implements AutoCloseable {

    private static final int THREADS = 8;

    private final RegistrySettings settings;
    private final RegistryUrls urls;
    private final RegistryTransport transport;
    private final ThreadPoolExecutor threads;

    RegistryClient(RegistrySettings settings) {
        this.settings = settings;
        this.urls = new RegistryUrls(settings.urls());
        this.transport = new RegistryTransport(settings, THREADS);
        // No queue: an operation that cannot begin now would use up its time waiting.
        this.threads = new ThreadPoolExecutor(
                0, THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), DaemonThreads.named("registry-call"));
    }

    int register(String subject, Schema schema) {
        var request = RegistryRequest.post("/subjects/" + segment(subject) + "/versions", schemaBody(schema));
        return positive(call(request), "id");
    }

    int lookUp(String subject, Schema schema) {
        return positive(call(RegistryRequest.post("/subjects/" + segment(subject), schemaBody(schema))), "id");
    }

    Schema schemaById(int id) {
        return schema(call(RegistryRequest.get("/schemas/ids/" + id)), "schema id " + id);
    }

    RegisteredSchema latest(String subject) {
        JsonNode answer = call(RegistryRequest.get("/subjects/" + segment(subject) + "/versions/latest"));
        return new RegisteredSchema(
                subject, positive(answer, "version"), positive(answer, "id"), schema(answer, "subject " + subject));
    }

    Compatibility test(String subject, Schema schema) {
        String path = "/compatibility/subjects/" + segment(subject) + "/versions/latest?verbose=true";
        JsonNode answer;
        try {
            answer = call(RegistryRequest.post(path, schemaBody(schema)));
        } catch (RegistryException.Unknown e) {
            // The subject has no version yet that the schema could break.
            return new Compatibility.Compatible();
        }
        return answer.path("is_compatible").asBoolean(false)
                ? new Compatibility.Compatible()
                : new Compatibility.Incompatible(texts(answer.path("messages")));
    }

    CompatibilityLevel level(String subject) {
        JsonNode answer = call(RegistryRequest.get("/config/" + segment(subject) + "?defaultToGlobal=true"));
        String name = answer.path("compatibilityLevel").asText();
        return CompatibilityLevel.named(name)
                .orElseThrow(
                        () -> new RegistryException.Refused("registry has an unknown compatibility level " + name));
    }

    void setLevel(Optional<String> subject, CompatibilityLevel level) {
        String path = "/config" + subject.map(name -> "/" + segment(name)).orElse("");
        call(RegistryRequest.put(
                path, object().put("compatibility", level.name()).toString()));
    }

    List<String> subjects() {
        return texts(call(RegistryRequest.get("/subjects")));
    }

    private JsonNode call(RegistryRequest request) {
        var attempts = new RegistryAttempts(request, settings, urls, transport);
        Future<RegistryAnswer> answer = started(attempts);
        try {
            return answer.get(settings.totalTimeout().toNanos(), TimeUnit.NANOSECONDS)
                    .json();
        } catch (TimeoutException e) {
            attempts.cancel();
            answer.cancel(true);
            throw new RegistryException.Unavailable(attempts.describeTimeout());
        } catch (InterruptedException e) {
            attempts.cancel();
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new RegistryException.Unavailable("interrupted while waiting for the schema registry");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RegistryException known) {
                throw known;
            }
            throw new IllegalStateException("schema registry call failed", e.getCause());
        }
    }

    private Future<RegistryAnswer> started(RegistryAttempts attempts) {
        try {
            return threads.submit(attempts);
        } catch (RejectedExecutionException e) {
            throw new RegistryException.Unavailable(
                    threads.isShutdown()
                            ? "schema registry client is closed"
                            : THREADS + " registry calls are under way");
        }
    }

    private static Schema schema(JsonNode answer, String what) {
        String type = answer.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw new RegistryException.Unknown(what + " is " + type + ", not AVRO");
        }
        if (!answer.path("references").isEmpty()) {
            throw new RegistryException.Unknown(what + " refers to other subjects, which is not supported");
        }
        try {
            return SchemaJson.parse(answer.path("schema").asText());
        } catch (IllegalArgumentException e) {
            throw new RegistryException.Unknown(what + " is " + e.getMessage());
        }
    }

    private static int positive(JsonNode answer, String field) {
        int value = answer.path(field).asInt(-1);
        if (value < 0) {
            throw new RegistryException.Refused("registry answered without " + field + "; is it a schema registry?");
        }
        return value;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String schemaBody(Schema schema) {
        return object().put("schema", SchemaJson.plain(schema)).toString();
    }

    private static ObjectNode object() {
        return SchemaJson.JSON.createObjectNode();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        transport.close();
    }
}
