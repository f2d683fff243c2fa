package millrace;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream thread that died is replaced; its transaction is rolled back, so nothing is lost and nothing is done twice. */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        LOG.atError()
                .addKeyValue("cause", cause.toString())
                .setCause(LOG.isDebugEnabled() ? exception : null)
                .log("a stream thread failed and is replaced");
        // What fails at once again must not spin.
        LockSupport.parkNanos(PAUSE_NANOS);
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}
