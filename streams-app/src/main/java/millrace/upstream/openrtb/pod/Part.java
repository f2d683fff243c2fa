package millrace.upstream.openrtb.pod;

/**
 * A part of a pod: a slot, which takes one ad, or time that several ads share.
 *
 * @param most ads
 * @param seconds that they may take together
 */
public record Part(int most, int seconds) {
    public static final int ANY_TIME = Integer.MAX_VALUE;
}
