package millrace.rotation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a class logs, DEBUG too, from now until this is closed. */
final class Logged implements AutoCloseable {
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger;
    private final Level before;

    Logged(Class<?> whose) {
        logger = (Logger) LoggerFactory.getLogger(whose);
        before = logger.getLevel();
        log.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(log);
    }

    /** Level, message, and what goes with it. */
    List<String> lines() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage() + " " + event.getKeyValuePairs())
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(log);
        logger.setLevel(before);
    }
}
