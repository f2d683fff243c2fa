package millrace.upstream.vast.document;

/**
 * The attributes of an Ad element (VAST 4.3, 3.3).
 *
 * @param sequence place in a pod, 1 or more; 0 when absent or not such a number: a stand-alone ad (3.3.1)
 * @param adType {@code video}, {@code audio}, {@code hybrid} as written; empty when absent, which means video
 * @param conditional conditionalAd of VAST 4.0: not to be used without asking a unit in it first
 */
public record AdHead(String id, int sequence, String adType, boolean conditional) {}
