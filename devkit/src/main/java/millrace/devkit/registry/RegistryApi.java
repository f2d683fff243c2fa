package millrace.devkit.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import millrace.wire.CompatibilityLevel;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * Confluent's REST API over {@link Subjects}: a call in, a value that becomes JSON out, {@link ApiError} for the rest. Knows no HTTP
 * server.
 */
final class RegistryApi {

    private final Subjects subjects;

    RegistryApi(Subjects subjects) {
        this.subjects = subjects;
    }

    Object answer(ApiCall call) {
        String root = call.segments().isEmpty() ? "" : call.segment(0);
        return switch (root) {
            case "" -> only(call, "GET", Map.of());
            case "subjects" -> subjects(call);
            case "schemas" -> schemas(call);
            case "config" -> config(call);
            case "mode" -> mode(call);
            case "compatibility" -> compatibility(call);
            default -> throw ApiError.noSuchPath();
        };
    }

    private Object subjects(ApiCall call) {
        return switch (call.segments().size()) {
            case 1 -> only(call, "GET", subjects.names(call.asks("deleted")));
            case 2 -> subject(call, call.segment(1));
            default -> {
                if (!call.segment(2).equals("versions")) {
                    throw ApiError.noSuchPath();
                }
                yield versions(call, call.segment(1));
            }
        };
    }

    private Object subject(ApiCall call, String name) {
        return switch (call.method()) {
            case "POST" -> {
                Schema schema = schema(call);
                yield described(name, subjects.lookUp(name, schema, call.asks("deleted")));
            }
            case "DELETE" -> subjects.delete(name, call.asks("permanent"));
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private Object versions(ApiCall call, String name) {
        return switch (call.segments().size()) {
            case 3 ->
                switch (call.method()) {
                    case "GET" ->
                        subjects.versions(name, call.asks("deleted")).stream()
                                .map(Version::number)
                                .toList();
                    case "POST" -> Map.of("id", subjects.register(name, schema(call)));
                    default -> throw ApiError.methodNotAllowed();
                };
            case 4 -> version(call, name, call.segment(3));
            case 5 -> {
                Version version = subjects.version(name, call.segment(3), call.asks("deleted"));
                yield switch (call.segment(4)) {
                    case "schema" -> only(call, "GET", new RawSchema(version.text()));
                    case "referencedby" -> only(call, "GET", List.of());
                    default -> throw ApiError.noSuchPath();
                };
            }
            default -> throw ApiError.noSuchPath();
        };
    }

    private Object version(ApiCall call, String name, String wanted) {
        return switch (call.method()) {
            case "GET" -> described(name, subjects.version(name, wanted, call.asks("deleted")));
            case "DELETE" -> subjects.deleteVersion(name, wanted, call.asks("permanent"));
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private Object schemas(ApiCall call) {
        if (call.segments().equals(List.of("schemas", "types"))) {
            return only(call, "GET", List.of("AVRO"));
        }
        if (call.segments().size() < 3
                || call.segments().size() > 4
                || !call.segment(1).equals("ids")) {
            throw ApiError.noSuchPath();
        }
        String id = call.segment(2);
        String part = call.segments().size() == 4 ? call.segment(3) : "";
        return switch (part) {
            case "" -> only(call, "GET", Map.of("schema", subjects.schema(id).toString()));
            case "schema" -> only(call, "GET", new RawSchema(subjects.schema(id).toString()));
            case "versions" -> only(call, "GET", subjects.places(id));
            case "subjects" ->
                only(
                        call,
                        "GET",
                        subjects.places(id).stream()
                                .map(Subjects.Place::subject)
                                .distinct()
                                .toList());
            default -> throw ApiError.noSuchPath();
        };
    }

    private Object config(ApiCall call) {
        return switch (call.segments().size()) {
            case 1 -> globalConfig(call);
            case 2 -> subjectConfig(call, call.segment(1));
            default -> throw ApiError.noSuchPath();
        };
    }

    private Object globalConfig(ApiCall call) {
        switch (call.method()) {
            case "GET" -> {}
            case "PUT" -> {
                CompatibilityLevel level = level(call);
                subjects.setGlobalLevel(level);
                return Map.of("compatibility", level);
            }
            case "DELETE" -> subjects.setGlobalLevel(CompatibilityLevel.BACKWARD);
            default -> throw ApiError.methodNotAllowed();
        }
        return Map.of("compatibilityLevel", subjects.globalLevel());
    }

    private Object subjectConfig(ApiCall call, String name) {
        return switch (call.method()) {
            case "GET" -> Map.of("compatibilityLevel", subjects.level(name, call.asks("defaultToGlobal")));
            case "PUT" -> {
                CompatibilityLevel level = level(call);
                subjects.setLevel(name, level);
                yield Map.of("compatibility", level);
            }
            case "DELETE" -> Map.of("compatibilityLevel", subjects.removeLevel(name));
            default -> throw ApiError.methodNotAllowed();
        };
    }

    private Object mode(ApiCall call) {
        boolean global = call.segments().size() == 1;
        if (call.segments().size() > 2) {
            throw ApiError.noSuchPath();
        }
        return switch (call.method()) {
            case "GET" ->
                Map.of(
                        "mode",
                        global ? subjects.globalMode() : subjects.mode(call.segment(1), call.asks("defaultToGlobal")));
            case "PUT" -> {
                RegistryMode mode = RegistryMode.named(call.field("mode"))
                        .orElseThrow(() -> ApiError.invalidMode(call.field("mode")));
                if (global) {
                    subjects.setGlobalMode(mode);
                } else {
                    subjects.setMode(call.segment(1), mode);
                }
                yield Map.of("mode", mode);
            }
            default -> throw ApiError.methodNotAllowed();
        };
    }

    /** {@code /compatibility/subjects/{subject}/versions[/{version}]}. */
    private Object compatibility(ApiCall call) {
        int size = call.segments().size();
        if (size < 4
                || size > 5
                || !call.segment(1).equals("subjects")
                || !call.segment(3).equals("versions")) {
            throw ApiError.noSuchPath();
        }
        only(call, "POST", "");
        Schema schema = schema(call);
        List<String> differences = size == 4
                ? subjects.differences(call.segment(2), schema)
                : subjects.differences(call.segment(2), call.segment(4), schema);
        return call.asks("verbose")
                ? Map.of("is_compatible", differences.isEmpty(), "messages", differences)
                : Map.of("is_compatible", differences.isEmpty());
    }

    private static Object only(ApiCall call, String method, Object answer) {
        if (!call.is(method)) {
            throw ApiError.methodNotAllowed();
        }
        return answer;
    }

    private static Map<String, Object> described(String subject, Version version) {
        var description = new LinkedHashMap<String, Object>();
        description.put("subject", subject);
        description.put("version", version.number());
        description.put("id", version.id());
        description.put("schema", version.text());
        return description;
    }

    private static CompatibilityLevel level(ApiCall call) {
        String name = call.field("compatibility");
        return CompatibilityLevel.named(name.toUpperCase(Locale.ROOT)).orElseThrow(() -> ApiError.invalidLevel(name));
    }

    private static Schema schema(ApiCall call) {
        String type = call.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw ApiError.invalidSchema("schema type " + type + " is not supported, only AVRO");
        }
        if (!call.body().path("references").isEmpty()) {
            throw ApiError.invalidSchema("references are not supported");
        }
        try {
            return new Schema.Parser().parse(call.field("schema"));
        } catch (AvroRuntimeException e) {
            throw ApiError.invalidSchema(String.valueOf(e.getMessage()));
        }
    }
}
