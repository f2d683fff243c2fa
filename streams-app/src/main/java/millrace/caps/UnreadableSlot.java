package millrace.caps;

/** Bytes of the exposure store that are not a slot of a version that we know. */
final class UnreadableSlot extends Exception {
    UnreadableSlot(String message) {
        super(message);
    }
}
