package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.function.Function;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.Geo;
import millrace.schemas.Site;
import millrace.schemas.User;

/**
 * The bytes of a typical request, encoded once. Each request is a copy with its own id, user and event time written into it: a
 * microsecond instead of a dozen, and nothing but the copy to collect.
 */
final class RequestTemplate implements Requests {

    private static final int USER_LENGTH = 8;
    private static final int TIME_LENGTH = 6;
    /** From 2004 to 2039 a zigzag varint of milliseconds has six bytes. */
    private static final long FIRST_MILLIS = 1L << 40;

    private static final long LAST_MILLIS = (1L << 41) - 1;

    // Found again in the encoded bytes, so they must not occur elsewhere in them.
    private static final int SOME_REQUEST = 0x5eed1234;
    private static final int SOME_USER = 7_418_529;
    private static final long SOME_TIME = 1_629_384_756_123L;

    private final RequestIds ids;
    private final byte[] bytes;
    private final int idAt;
    private final int userAt;
    private final int timeAt;

    /** @param encoder gives a request's bytes as they go on the topic */
    RequestTemplate(String placement, RequestIds ids, Function<AdRequest, byte[]> encoder) {
        this.ids = ids;
        this.bytes = encoder.apply(typical(placement, ids.of(SOME_REQUEST)));
        this.idAt = onlyPlaceOf(ids.of(SOME_REQUEST).getBytes(ISO_8859_1));
        this.userAt = onlyPlaceOf(userKey(SOME_USER));
        byte[] time = new byte[TIME_LENGTH];
        writeTime(SOME_TIME, time, 0);
        this.timeAt = onlyPlaceOf(time);
    }

    @Override
    public byte[] request(int request, int user, long eventTimeMillis) {
        byte[] copy = bytes.clone();
        ids.write(request, copy, idAt);
        writeUser(user, copy, userAt);
        writeTime(eventTimeMillis, copy, timeAt);
        return copy;
    }

    /** The record's key: the user key. */
    static byte[] userKey(int user) {
        byte[] key = new byte[USER_LENGTH];
        writeUser(user, key, 0);
        return key;
    }

    private static AdRequest typical(String placement, String id) {
        return AdRequest.newBuilder()
                .setId(id)
                .setPlacement(placement)
                .setUser(User.newBuilder()
                        .setId(new String(userKey(SOME_USER), ISO_8859_1))
                        .build())
                .setDevice(Device.newBuilder()
                        .setUserAgent(
                                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Safari/537.36")
                        .setIp("203.0.113.7")
                        .setGeo(Geo.newBuilder().setCountry("DE").build())
                        .setDeviceType(3)
                        .setLanguage("de")
                        .build())
                .setEventTime(SOME_TIME)
                .setSite(Site.newBuilder()
                        .setDomain("publisher.example")
                        .setPage("https://publisher.example/news/today?section=1")
                        .build())
                .build();
    }

    private static void writeUser(int user, byte[] target, int offset) {
        target[offset] = 'u';
        int rest = user;
        for (int i = USER_LENGTH - 1; i > 0; i--) {
            target[offset + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Avro's long: zigzag, then seven bits a byte, least significant first. */
    private static void writeTime(long millis, byte[] target, int offset) {
        if (millis < FIRST_MILLIS || millis > LAST_MILLIS) {
            throw new IllegalArgumentException("event time is " + millis + " ms; the template holds 2004 to 2039");
        }
        long zigzag = millis << 1;
        for (int i = 0; i < TIME_LENGTH - 1; i++) {
            target[offset + i] = (byte) (zigzag | 0x80);
            zigzag >>>= 7;
        }
        target[offset + TIME_LENGTH - 1] = (byte) zigzag;
    }

    private int onlyPlaceOf(byte[] part) {
        int found = -1;
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                if (found >= 0) {
                    throw new IllegalStateException(
                            "a part of the request template occurs twice, at " + found + " and " + i);
                }
                found = i;
            }
        }
        if (found < 0) {
            throw new IllegalStateException("a part of the request template is not in its bytes");
        }
        return found;
    }
}
