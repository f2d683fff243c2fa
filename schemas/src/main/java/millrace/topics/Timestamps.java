package millrace.topics;

/** Who sets a record's timestamp. */
public enum Timestamps {
    CREATE_TIME("CreateTime"),
    LOG_APPEND_TIME("LogAppendTime");

    private final String setting;

    Timestamps(String setting) {
        this.setting = setting;
    }

    /** The value of the broker's {@code message.timestamp.type}. */
    public String setting() {
        return setting;
    }
}
