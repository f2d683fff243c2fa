package millrace.topics;

/** How a topic is cut into partitions. */
public enum Spread {
    /** As many partitions as ad-requests, exactly: the decision path is one sub-topology over topics of one count. */
    WITH_REQUESTS,
    /** Any number; as many as ad-requests unless somebody made it otherwise. */
    OWN,
    /** Small and read whole by everybody: one partition unless somebody made it otherwise. */
    SINGLE
}
