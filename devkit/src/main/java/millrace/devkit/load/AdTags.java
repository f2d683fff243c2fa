package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.Optional;
import org.apache.avro.util.Utf8;

/** A load's requests as the ad tags of players, and what their documents are: with an ad, without, or refused. */
final class AdTags implements Requests, Answers {
    private static final String ID = "/vast?id=";
    private static final String USER = "&user=";

    private final RequestIds ids;
    private final byte[] template;
    private final int userAt;

    /** @param deadline that every tag names */
    AdTags(String placement, RequestIds ids, Duration deadline) {
        this.ids = ids;
        String begin = ID + ids.of(0) + USER;
        this.userAt = begin.length();
        this.template = (begin
                        + new String(RequestTemplate.userKey(0), ISO_8859_1)
                        + "&placement="
                        + placement
                        + "&deadline="
                        + deadline.toMillis()
                        + "&country=DE&device_type=3&width=1280&height=720&mimes=video/mp4&page=https%3A%2F%2Fpublisher.example%2Fnews%2Ftoday")
                .getBytes(ISO_8859_1);
    }

    @Override
    public byte[] request(int request, int user, long eventTimeMillis) {
        byte[] tag = template.clone();
        ids.write(request, tag, ID.length());
        byte[] key = RequestTemplate.userKey(user);
        System.arraycopy(key, 0, tag, userAt, key.length);
        return tag;
    }

    @Override
    public Optional<Answer> decode(byte[] bytes) {
        HttpTransport.Seen seen = HttpTransport.Seen.of(bytes[0]);
        byte[] id = new byte[RequestIds.LENGTH];
        System.arraycopy(bytes, 1 + ID.length(), id, 0, id.length);
        int request = ids.request(new Utf8(id));
        return request < 0 ? Optional.empty() : Optional.of(new Answer(request, outcome(seen)));
    }

    private static String outcome(HttpTransport.Seen seen) {
        return switch (seen) {
            case AD -> Answer.FILLED;
            case NONE -> "NO_AD";
            case REFUSED -> Answer.REFUSED;
        };
    }
}
