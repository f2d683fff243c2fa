package millrace.devkit.process;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * The main class of every child: runs another main class, and ends the process at once when its standard input does. The parent holds
 * the other end of that pipe, so that a child outlives neither a parent that stopped nor one that was killed.
 */
public final class EndsWithParent {
    /** As a shell says of a process that was killed. */
    private static final int ENDED = 137;

    private EndsWithParent() {}

    /** @param arguments the main class, then its own arguments */
    public static void main(String[] arguments) throws Throwable {
        Thread.ofPlatform().daemon().name("parent-watch").start(EndsWithParent::watch);
        MethodHandle main = MethodHandles.publicLookup()
                .findStatic(Class.forName(arguments[0]), "main", MethodType.methodType(void.class, String[].class));
        main.invokeExact(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void watch() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A pipe that broke has ended too.
            Runtime.getRuntime().halt(ENDED);
        }
        Runtime.getRuntime().halt(ENDED);
    }
}
