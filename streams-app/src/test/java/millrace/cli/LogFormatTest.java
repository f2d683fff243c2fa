package millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** The log as a process writes it, by its own logback.xml. */
@ResourceLock(Resources.SYSTEM_ERR)
class LogFormatTest {

    private static String logged(String format) throws JoranException {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        LoggerContext context = new LoggerContext();
        try {
            System.setErr(new PrintStream(bytes, true, UTF_8));
            context.setMDCAdapter(new LogbackMDCAdapter());
            context.putProperty("MILLRACE_LOG_FORMAT", format);
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(LogFormatTest.class.getResource("/logback.xml"));
            context.start();
            assertThat(context.getStatusManager().getCopyOfStatusListenerList())
                    .as("without one, Logback prints its own story among a command's answers")
                    .isNotEmpty();
            context.getLogger("millrace.room")
                    .atWarn()
                    .addKeyValue("requestId", "r\"1")
                    .log("something is odd");
        } finally {
            context.stop();
            System.setErr(before);
        }
        return bytes.toString(UTF_8);
    }

    @Test
    void lineOfJsonHasLevelMessageAndKeyValuePairs() throws JoranException, JsonProcessingException {
        JsonNode line = new JsonMapper().readTree(logged("json"));

        assertThat(line.path("level").textValue()).isEqualTo("WARN");
        assertThat(line.path("formattedMessage").textValue()).isEqualTo("something is odd");
        assertThat(line.path("loggerName").textValue()).isEqualTo("millrace.room");
        assertThat(line.path("kvpList").toString()).contains("requestId", "r\\\"1");
        assertThat(line.path("timestamp").longValue()).isPositive();
    }

    @Test
    void lineOfTextIsForPeople() throws JoranException {
        assertThat(logged("text")).contains("WARN", "something is odd", "requestId=\"r\"1\"");
    }
}
