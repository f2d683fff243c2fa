package millrace.upstream.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Addresses that stand where a host name may stand. Nothing here asks a name server. */
final class IpLiteral {
    private IpLiteral() {}

    /** Whether the last label is a number, which a top-level domain never is, in any base. */
    static boolean looksNumeric(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (last.startsWith("0x")) {
            return true;
        }
        for (int i = 0; i < last.length(); i++) {
            if (!Ascii.isDigit(last.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Four decimal numbers of 0 to 255 without leading zeros. */
    static boolean isDottedQuad(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            boolean plain = !part.isEmpty()
                    && part.length() <= 3
                    && part.chars().allMatch(c -> c >= '0' && c <= '9')
                    && (part.length() == 1 || part.charAt(0) != '0');
            if (!plain || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** A bracketed IPv6 address in its usual form, without brackets. A zone is refused. */
    static String v6(String bracketed) throws Url.Refusal {
        if (!bracketed.endsWith("]") || bracketed.length() < 4) {
            throw new Url.Refusal("host is not a valid IPv6 address");
        }
        String inner = bracketed.substring(1, bracketed.length() - 1);
        boolean plain = inner.indexOf(':') >= 0
                && inner.chars().allMatch(c -> c == ':' || c == '.' || (c < 0x80 && Ascii.isHex((char) c)));
        try {
            if (plain) {
                return InetAddress.ofLiteral(inner).getHostAddress();
            }
        } catch (IllegalArgumentException e) {
            // Refused below.
        }
        throw new Url.Refusal("host is not a valid IPv6 address");
    }

    /** The address that a host of a {@link Url} spells out; empty for a name. */
    static Optional<InetAddress> of(String host) {
        if (host.indexOf(':') < 0 && !isDottedQuad(host)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** An address from its bytes, so that an IPv4-mapped one is seen as what it is. */
    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("address has " + bytes.length + " bytes; 4 or 16", e);
        }
    }
}
