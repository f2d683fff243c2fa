package millrace.upstream.http;

import java.net.InetAddress;
import java.util.Optional;

/** A block of addresses. */
public record Cidr(InetAddress network, int bits) {

    /** Reads {@code address/bits}, or one address. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> network = IpLiteral.of(slash < 0 ? text : text.substring(0, slash));
        if (network.isEmpty()) {
            return Optional.empty();
        }
        int longest = network.get().getAddress().length * 8;
        int bits = slash < 0 ? longest : number(text.substring(slash + 1));
        return bits < 0 || bits > longest ? Optional.empty() : Optional.of(new Cidr(network.get(), bits));
    }

    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xFF : (0xFF << (8 - (bits - bit))) & 0xFF;
            if (((ours[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int number(String digits) {
        boolean plain =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(digits) : -1;
    }
}
