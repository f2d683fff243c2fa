package millrace.config;

import org.apache.kafka.streams.StreamsConfig;

/** What happens to state and output when an instance dies. */
public enum Guarantee {
    /** Each decision once: a dead instance's half-written decisions are rolled back. */
    EXACTLY_ONCE_V2(StreamsConfig.EXACTLY_ONCE_V2),
    /** Cheaper and faster; after a crash some requests are decided and counted twice. */
    AT_LEAST_ONCE(StreamsConfig.AT_LEAST_ONCE);

    private final String kafka;

    Guarantee(String kafka) {
        this.kafka = kafka;
    }

    /** The value of {@code processing.guarantee}. */
    public String kafka() {
        return kafka;
    }
}
