package millrace.upstream.http;

/** An answer as it came over the wire, its content encoding still on. */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared or changed.
record RawAnswer(int status, HttpHeaders headers, byte[] body) {
    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }
}
