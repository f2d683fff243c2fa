package millrace.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The schema ids of the topics that are written, known once registration is through. A topic's subject is {@code <topic>-value}. */
final class SchemaIds {

    private final Map<String, Integer> byTopic = new ConcurrentHashMap<>();

    static String subject(String topic) {
        return topic + "-value";
    }

    void put(String topic, int id) {
        byTopic.put(topic, id);
    }

    int of(String topic) {
        Integer id = byTopic.get(topic);
        if (id == null) {
            throw new IllegalStateException("no schema was registered for topic " + topic + " at start");
        }
        return id;
    }
}
