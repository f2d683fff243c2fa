package millrace.config;

/** How much Kafka Streams measures of itself. */
public enum MetricsLevel {
    INFO,
    /** Also every store and node; costs time a record. */
    DEBUG
}
