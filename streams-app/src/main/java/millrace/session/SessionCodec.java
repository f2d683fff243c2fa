package millrace.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import millrace.money.Money;

/**
 * A session as bytes, big-endian; strings as {@link DataOutputStream#writeUTF} writes them, numbers of things in 2 bytes:
 *
 * <pre>
 * 1 version (2) | 8 last used | 8 started | 8 requests | 8 impressions | 8 last impression, -1 is none | 4 + 4 pod | id
 *               | spend: currency, 8 nanos | campaigns | cookies: name, value | kept upstreams: of the session, of the user
 * </pre>
 *
 * <p>Version 1 has no upstreams; it is read.
 *
 * The last use comes first, so that a sweep reads nothing else.
 */
final class SessionCodec {
    private static final byte VERSION = 2;
    private static final byte WITHOUT_KEPT = 1;
    private static final int LAST_USED_END = 1 + Long.BYTES;

    private SessionCodec() {}

    static byte[] encode(Session session) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeLong(session.lastUsedAt().toEpochMilli());
            out.writeLong(session.startedAt().toEpochMilli());
            out.writeLong(session.requests());
            out.writeLong(session.impressions());
            out.writeLong(session.lastImpressionAt().map(Instant::toEpochMilli).orElse(-1L));
            out.writeInt(session.podPosition());
            out.writeInt(session.podSize());
            out.writeUTF(session.id());
            writeLists(session, out);
        } catch (IOException e) {
            throw new UncheckedIOException("a session's strings are bounded, and memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void writeLists(Session session, DataOutputStream out) throws IOException {
        out.writeShort(session.spend().size());
        for (Map.Entry<String, Money> spent : session.spend().entrySet()) {
            out.writeUTF(spent.getKey());
            out.writeLong(spent.getValue().nanos());
        }
        out.writeShort(session.campaigns().size());
        for (String campaign : session.campaigns()) {
            out.writeUTF(campaign);
        }
        Map<String, String> cookies = session.cookies().byName();
        out.writeShort(cookies.size());
        for (Map.Entry<String, String> cookie : cookies.entrySet()) {
            out.writeUTF(cookie.getKey());
            out.writeUTF(cookie.getValue());
        }
        for (List<String> kept :
                List.of(session.kept().inSession(), session.kept().byUser())) {
            out.writeShort(kept.size());
            for (String upstream : kept) {
                out.writeUTF(upstream);
            }
        }
    }

    /** @throws UnreadableSession whatever the bytes are, when they are not what {@link #encode} writes */
    static Session decode(byte[] row) throws UnreadableSession {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(row))) {
            byte version = in.readByte();
            if (version != VERSION && version != WITHOUT_KEPT) {
                throw new IOException("version is " + version + "; known are 1 and " + VERSION);
            }
            Session session = read(in);
            if (version == VERSION) {
                session = session.keeping(new Kept(texts(in, Kept.MAX), texts(in, Kept.MAX)));
            }
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes after the end");
            }
            return session;
        } catch (IOException e) {
            throw new UnreadableSession("a row of " + row.length + " bytes is not a session", e);
        }
    }

    /** When the session was last used, without reading the rest; nothing when the bytes are not a session. */
    static Optional<Instant> lastUsed(byte[] row) {
        return row.length < LAST_USED_END || (row[0] != VERSION && row[0] != WITHOUT_KEPT)
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(row).getLong(1)));
    }

    private static Session read(DataInputStream in) throws IOException {
        Instant lastUsed = Instant.ofEpochMilli(in.readLong());
        Instant started = Instant.ofEpochMilli(in.readLong());
        long requests = in.readLong();
        long impressions = in.readLong();
        long lastImpression = in.readLong();
        int podPosition = in.readInt();
        int podSize = in.readInt();
        return new Session(
                in.readUTF(),
                started,
                lastUsed,
                requests,
                impressions,
                lastImpression < 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(lastImpression)),
                spend(in),
                texts(in, Session.MAX_CAMPAIGNS),
                podPosition,
                podSize,
                cookies(in),
                Kept.NONE);
    }

    private static Map<String, Money> spend(DataInputStream in) throws IOException {
        Map<String, Money> spend = new LinkedHashMap<>();
        for (int left = count(in, Session.MAX_CURRENCIES); left > 0; left--) {
            spend.put(in.readUTF(), new Money(in.readLong()));
        }
        return spend;
    }

    private static List<String> texts(DataInputStream in, int most) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = count(in, most); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static Cookies cookies(DataInputStream in) throws IOException {
        Map<String, String> cookies = new LinkedHashMap<>();
        for (int left = count(in, Cookies.MAX_COUNT); left > 0; left--) {
            cookies.put(in.readUTF(), in.readUTF());
        }
        return new Cookies(cookies);
    }

    private static int count(DataInputStream in, int most) throws IOException {
        int count = in.readUnsignedShort();
        if (count > most) {
            throw new IOException("a list of " + count + "; allowed is 0 to " + most);
        }
        return count;
    }
}
