package millrace.rotation;

/**
 * What came of the calls to one upstream since the start of the task.
 *
 * @param active calls out now
 * @param completed calls with a proper answer, an empty one too
 * @param failed calls without one
 */
public record UpstreamCounts(long active, long completed, long failed) {
    public static final UpstreamCounts NONE = new UpstreamCounts(0, 0, 0);
}
