package millrace.upstream.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A world as JSON:
 *
 * <pre>
 * {"startUrl": "https://tag.example/v", "options": {"maxWrappers": 5},
 *  "moment": {"correlator": "...", "cachebusting": "01234567", "timestamp": "2026-01-17T08:15:07.127Z"},
 *  "http": {"https://tag.example/v": {"status": 200, "headers": {"Content-Type": "text/xml"}, "body": "..."},
 *           "https://slow.example/v": {"timeout": true}, "https://gone.example/v": {"broken": "no address"}}}
 * </pre>
 *
 * Only {@code startUrl} and {@code http} are needed; further members are passed over. A body that is not UTF-8 stands in
 * {@code bodyBase64}.
 */
public final class WorldFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_BYTES = 64 << 20;

    private WorldFile() {}

    /** The file is not a world; the message says where. */
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    public static World read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new Unreadable(file + " has " + Files.size(file) + " bytes; at most " + MAX_BYTES);
        }
        try {
            return read(JSON.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new Unreadable(file + " is not JSON: " + e.getOriginalMessage());
        }
    }

    static World read(JsonNode json) throws Unreadable {
        String start = json.path("startUrl").asText();
        if (start.isEmpty() || !json.path("http").isObject()) {
            throw new Unreadable("a world has startUrl, a text, and http, an object of pages by URL");
        }
        Map<String, Page> pages = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> page : json.get("http").properties()) {
            pages.put(page.getKey(), page(page.getKey(), page.getValue()));
        }
        JsonNode most = json.path("options").path("maxWrappers");
        Optional<Integer> wrappers = most.isInt() ? Optional.of(most.asInt()) : Optional.empty();
        return new World(start, wrappers, moment(json.path("moment")), pages);
    }

    private static World.Moment moment(JsonNode json) throws Unreadable {
        try {
            return json.isObject()
                    ? new World.Moment(
                            json.path("correlator").asText(),
                            json.path("cachebusting").asText(),
                            Instant.parse(json.path("timestamp").asText()))
                    : World.Moment.NONE;
        } catch (DateTimeParseException e) {
            throw new Unreadable(
                    "moment.timestamp is '" + json.path("timestamp").asText() + "'; ISO 8601 in UTC");
        }
    }

    private static Page page(String url, JsonNode json) throws Unreadable {
        if (json.path("timeout").asBoolean()) {
            return new Page.Timeout();
        }
        if (json.has("broken")) {
            return new Page.Broken(json.get("broken").asText());
        }
        int status = json.path("status").asInt();
        if (status < 100 || status > 599) {
            throw new Unreadable("http, " + url + ": status is " + json.path("status") + "; 100 to 599");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        json.path("headers")
                .properties()
                .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
        try {
            byte[] body = json.has("bodyBase64")
                    ? Base64.getDecoder().decode(json.get("bodyBase64").asText())
                    : json.path("body").asText().getBytes(StandardCharsets.UTF_8);
            return new Page.Answer(status, headers, body);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("http, " + url + ": bodyBase64 is not Base64");
        }
    }

    public static void write(World world, Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("startUrl", world.startUrl());
        world.maxWrappers().ifPresent(most -> json.putObject("options").put("maxWrappers", most));
        json.putObject("moment")
                .put("correlator", world.moment().correlator())
                .put("cachebusting", world.moment().cachebusting())
                .put("timestamp", world.moment().timestamp().toString());
        ObjectNode http = json.putObject("http");
        world.pages().forEach((url, page) -> write(page, http.putObject(url)));
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    }

    private static void write(Page page, ObjectNode json) {
        switch (page) {
            case Page.Timeout() -> json.put("timeout", true);
            case Page.Broken(String message) -> json.put("broken", message);
            case Page.Answer(int status, Map<String, String> headers, byte[] body) -> {
                json.put("status", status);
                ObjectNode fields = json.putObject("headers");
                headers.forEach(fields::put);
                utf8(body)
                        .ifPresentOrElse(
                                text -> json.put("body", text),
                                () -> json.put("bodyBase64", Base64.getEncoder().encodeToString(body)));
            }
        }
    }

    private static Optional<String> utf8(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
