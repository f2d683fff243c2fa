package millrace.upstream.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import millrace.upstream.http.HttpOutcome;

/** What a token endpoint says (RFC 6749, 5.1 and 5.2). */
sealed interface TokenReply {
    /** How long a token lives that does not say. */
    Duration USUAL_LIFE = Duration.ofMinutes(5);

    Duration LONGEST_LIFE = Duration.ofDays(1);
    int MAX_TOKEN = 4_096;

    record Given(String token, Duration life) implements TokenReply {
        @Override
        public String toString() {
            return "Given[life=" + life + "]";
        }
    }

    /** @param why without anything of the answer: who refuses may repeat what was sent */
    record Refused(String why) implements TokenReply {}

    JsonMapper JSON = new JsonMapper();

    static TokenReply of(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Broken broken ->
                new Refused("the token endpoint: " + broken.failure().message());
            case HttpOutcome.Reply reply
            when reply.status() != 200 -> new Refused("the token endpoint answered with status " + reply.status());
            case HttpOutcome.Reply reply -> read(reply.body());
        };
    }

    private static TokenReply read(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            String token = answer.path("access_token").asText("");
            boolean isHeader = !token.isEmpty()
                    && token.length() <= MAX_TOKEN
                    && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!isHeader) {
                return new Refused("the token endpoint gave no access_token that could be sent");
            }
            long seconds = answer.path("expires_in").asLong(USUAL_LIFE.toSeconds());
            return new Given(token, Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_LIFE.toSeconds())));
        } catch (JsonProcessingException e) {
            return new Refused("the token endpoint's answer is not JSON");
        } catch (IOException e) {
            return new Refused("the token endpoint's answer cannot be read");
        }
    }
}
