package millrace.devkit.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.apache.avro.util.Utf8;

/**
 * Ids of one run's requests: eight hexadecimal digits of the run, a dash, eight of the request's number. All are equally long, so that
 * they can be written over each other, and give the number back without a look-up.
 */
final class RequestIds {

    static final int LENGTH = 17;
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);

    private final byte[] prefix;

    /** @param run any number; two runs within the time that a request id must be unique need two */
    RequestIds(int run) {
        this.prefix = "%08x-".formatted(run).getBytes(ISO_8859_1);
    }

    String of(int request) {
        byte[] id = new byte[LENGTH];
        write(request, id, 0);
        return new String(id, ISO_8859_1);
    }

    void write(int request, byte[] target, int offset) {
        System.arraycopy(prefix, 0, target, offset, prefix.length);
        for (int i = 0; i < 8; i++) {
            target[offset + prefix.length + i] = DIGITS[(request >>> (28 - 4 * i)) & 0xf];
        }
    }

    /** The request's number; negative for an id of another run or of somebody else. */
    int request(Utf8 id) {
        byte[] bytes = id.getBytes();
        if (id.getByteLength() != LENGTH || !beginsWithPrefix(bytes)) {
            return -1;
        }
        int request = 0;
        for (int i = prefix.length; i < LENGTH; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                return -1;
            }
            request = request << 4 | digit;
        }
        return request;
    }

    private boolean beginsWithPrefix(byte[] bytes) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[i] != prefix[i]) {
                return false;
            }
        }
        return true;
    }
}
