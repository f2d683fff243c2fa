package millrace.upstream.vast.check;

/**
 * Something to stumble on.
 *
 * @param line from 1; 0 when it is of the document as a whole
 * @param where the element, as a path of names
 */
public record Finding(int line, int column, Severity severity, String where, String message) {}
