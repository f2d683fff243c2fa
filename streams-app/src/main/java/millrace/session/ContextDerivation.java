package millrace.session;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import millrace.schemas.AdRequest;
import millrace.schemas.Device;
import millrace.schemas.Site;

/** Makes the context of a request: from the record, its origin and its session alone, with everything bounded. */
final class ContextDerivation {
    static final int MAX_USER_AGENT_CHARS = 2048;
    static final int MAX_URL_CHARS = 4096;
    static final int MAX_METADATA = 50;
    static final int MAX_NAME_CHARS = 128;
    static final int MAX_VALUE_CHARS = 1024;

    /** The longest IPv6 address as text, an IPv4 one mapped into it (RFC 4291, 2.2). */
    private static final int MAX_IP_CHARS = 45;

    private ContextDerivation() {}

    static SessionContext derive(AdRequest request, UserKey user, Session session, Origin origin, Instant timestamp) {
        Fingerprint fingerprint = Fingerprint.EMPTY
                .with(request.getId())
                .with(origin.topic())
                .with(origin.partition())
                .with(origin.offset())
                .with(timestamp);
        Optional<Device> device = Optional.ofNullable(request.getDevice());
        return new SessionContext(
                request.getId(),
                fingerprint.hex(),
                fingerprint.with("cachebusting").digits(),
                timestamp,
                user.value(),
                session.id(),
                UserKey.userId(request),
                UserKey.deviceId(request),
                ip(device.map(Device::getIp)).or(() -> ip(device.map(Device::getIpv6))),
                text(device.map(Device::getUserAgent), MAX_USER_AGENT_CHARS),
                contentUrl(request),
                cookies(request, session),
                metadata(request.getMetadata()));
    }

    /** Refused, not cleaned, when it is not made of the characters of an address: half an address is another's. */
    private static Optional<String> ip(Optional<String> raw) {
        return raw.map(String::strip)
                .filter(ip -> !ip.isEmpty() && ip.length() <= MAX_IP_CHARS)
                .filter(ip -> ip.chars().allMatch(ContextDerivation::isOfAnAddress));
    }

    private static boolean isOfAnAddress(int c) {
        return c == '.' || c == ':' || (c < 128 && Character.digit(c, 16) >= 0);
    }

    private static Optional<String> text(Optional<String> raw, int most) {
        return raw.map(text -> Text.clean(text, most)).filter(text -> !text.isBlank());
    }

    /** A URL that is too long is left out: cut, it would be another page. */
    private static Optional<String> contentUrl(AdRequest request) {
        return Optional.ofNullable(request.getContentUrl())
                .or(() -> Optional.ofNullable(request.getSite()).map(Site::getPage))
                .filter(url -> url.length() <= MAX_URL_CHARS)
                .map(url -> Text.clean(url, MAX_URL_CHARS))
                .filter(url -> !url.isBlank());
    }

    /** The request's and, over them, the session's: those came from the upstream itself, and are newer. */
    private static Map<String, String> cookies(AdRequest request, Session session) {
        return Cookies.NONE
                .with(sorted(request.getCookies()))
                .with(session.cookies().byName())
                .byName();
    }

    private static Map<String, String> metadata(Map<String, String> raw) {
        Map<String, String> kept = new LinkedHashMap<>();
        for (Map.Entry<String, String> fact : sorted(raw).entrySet()) {
            if (kept.size() < MAX_METADATA && fact.getKey().length() <= MAX_NAME_CHARS) {
                kept.put(Text.clean(fact.getKey(), MAX_NAME_CHARS), Text.clean(fact.getValue(), MAX_VALUE_CHARS));
            }
        }
        return kept;
    }

    /** In an order of its own, so that what is left out is the same on every replay. */
    private static Map<String, String> sorted(Map<String, String> raw) {
        return new TreeMap<>(raw);
    }
}
