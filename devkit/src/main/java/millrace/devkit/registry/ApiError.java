package millrace.devkit.registry;

/** An answer other than 200, with the code that Confluent's clients look at. */
final class ApiError extends RuntimeException {

    private final int status;
    private final int code;

    private ApiError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    static ApiError badRequest(String message) {
        return new ApiError(400, 400, message);
    }

    static ApiError unauthorized() {
        return new ApiError(401, 401, "Unauthorized");
    }

    static ApiError noSuchPath() {
        return new ApiError(404, 404, "HTTP 404 Not Found");
    }

    static ApiError methodNotAllowed() {
        return new ApiError(405, 405, "HTTP 405 Method Not Allowed");
    }

    static ApiError tooLarge(int limit) {
        return new ApiError(413, 413, "Request body is larger than " + limit + " bytes");
    }

    static ApiError subjectNotFound(String subject) {
        return new ApiError(404, 40401, "Subject '" + subject + "' not found.");
    }

    static ApiError versionNotFound(String version) {
        return new ApiError(404, 40402, "Version " + version + " not found.");
    }

    static ApiError schemaNotFound(String what) {
        return new ApiError(404, 40403, "Schema" + what + " not found");
    }

    static ApiError subjectSoftDeleted(String subject) {
        return new ApiError(
                404, 40404, "Subject '" + subject + "' was soft deleted. Set permanent=true to delete permanently");
    }

    static ApiError subjectNotSoftDeleted(String subject) {
        return new ApiError(
                404, 40405, "Subject '" + subject + "' was not deleted first before being permanently deleted");
    }

    static ApiError versionSoftDeleted(String subject, int version) {
        return new ApiError(
                404,
                40406,
                "Subject '" + subject + "' Version " + version
                        + " was soft deleted. Set permanent=true to delete permanently");
    }

    static ApiError versionNotSoftDeleted(String subject, int version) {
        return new ApiError(
                404,
                40407,
                "Subject '" + subject + "' Version " + version
                        + " was not deleted first before being permanently deleted");
    }

    static ApiError noLevelOf(String subject) {
        return new ApiError(
                404, 40408, "Subject '" + subject + "' does not have subject-level compatibility configured");
    }

    static ApiError noModeOf(String subject) {
        return new ApiError(404, 40409, "Subject '" + subject + "' does not have subject-level mode configured");
    }

    static ApiError incompatible(String subject, String details) {
        return new ApiError(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"" + subject
                        + "\", details: [" + details + "]");
    }

    static ApiError invalidSchema(String details) {
        return new ApiError(422, 42201, "Invalid schema: " + details);
    }

    static ApiError invalidVersion(String version) {
        return new ApiError(
                422,
                42202,
                "The specified version '" + version
                        + "' is not a valid version id. Allowed values are between [1, 2^31-1] and the string \"latest\"");
    }

    static ApiError invalidLevel(String level) {
        return new ApiError(
                422,
                42203,
                "Invalid compatibility level '" + level + "'. Valid values are none, backward, forward, full, "
                        + "backward_transitive, forward_transitive, and full_transitive");
    }

    static ApiError invalidMode(String mode) {
        return new ApiError(422, 42204, "Invalid mode '" + mode + "'. Valid values are READWRITE, READONLY, IMPORT");
    }

    static ApiError readOnly(String subject) {
        return new ApiError(422, 42205, "Subject " + subject + " is in read-only mode");
    }

    static ApiError paused() {
        return new ApiError(503, 50301, "Registry is paused");
    }
}
