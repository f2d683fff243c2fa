package millrace.cli.vast;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read, in a few words; its name stands before them. */
final class Unread {
    private Unread() {}

    static String why(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "no such file";
            case AccessDeniedException denied -> "may not be read";
            default -> "cannot be read: " + e.getMessage();
        };
    }
}
