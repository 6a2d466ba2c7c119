package lethe.registrar.http;

/** Answers requests. Called by several threads at once, and never by one that serves a socket. */
@FunctionalInterface
public interface Service {
    /** Answers, with a refusal if need be. What it throws is a defect, and is answered as one. */
    Response answer(Request request);
}
