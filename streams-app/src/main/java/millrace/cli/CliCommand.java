package millrace.cli;

import java.util.concurrent.Callable;

/**
 * A command of {@code millrace}, annotated with picocli's {@code @Command}. What is declared as a service of this type on the class path
 * is offered beside the built-in commands: so the devkit brings its own, and a production jar does not have them.
 */
public interface CliCommand extends Callable<Integer> {}
