package millrace.config;

/**
 * A topic as the brokers have it.
 *
 * @param cleanupPolicy value of {@code cleanup.policy}
 * @param timestampType value of {@code message.timestamp.type}
 */
record FoundTopic(String name, int partitions, String cleanupPolicy, String timestampType) {}
