package millrace.session;

/** Where a request was read. With its id and time, it tells the request from every other for ever. */
public record Origin(String topic, int partition, long offset) {}
