package millrace.devkit.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import millrace.devkit.http.LoopbackServer;
import millrace.devkit.http.Reaction;
import millrace.devkit.http.Response;

/** A process with a pipeline's command line and health, and nothing behind it. Its configuration is one line: a port, or what is wrong. */
public final class StubPipeline {

    private StubPipeline() {}

    public static void main(String[] args) throws Exception {
        String config = Files.readString(Path.of(args[2])).strip();
        if (!args[0].equals("run") || !config.matches("[0-9]+")) {
            System.err.println("millrace.toml: " + config);
            System.exit(2);
        }
        LoopbackServer.start(
                Integer.parseInt(config),
                request -> Reaction.now(Response.of(request.path().equals("/health/ready") ? 200 : 404)));
        new CountDownLatch(1).await();
    }
}
