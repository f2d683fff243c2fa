package millrace.devkit.load;

/** Makes the bytes of a load's requests, in the form of the way that they go. */
interface Requests {

    /**
     * @param request its number in the load
     * @param user who asks
     */
    byte[] request(int request, int user, long eventTimeMillis);
}
