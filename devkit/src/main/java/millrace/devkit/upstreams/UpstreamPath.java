package millrace.devkit.upstreams;

/**
 * A path {@code /room/name/step}.
 *
 * @param name empty without one
 * @param step all that follows; empty without
 */
record UpstreamPath(String room, String name, String step) {

    static UpstreamPath of(String path) {
        int nameAt = path.indexOf('/', 1) + 1;
        if (nameAt == 0) {
            return new UpstreamPath(path.substring(Math.min(1, path.length())), "", "");
        }
        int stepAt = path.indexOf('/', nameAt) + 1;
        return stepAt == 0
                ? new UpstreamPath(path.substring(1, nameAt - 1), path.substring(nameAt), "")
                : new UpstreamPath(
                        path.substring(1, nameAt - 1), path.substring(nameAt, stepAt - 1), path.substring(stepAt));
    }
}
