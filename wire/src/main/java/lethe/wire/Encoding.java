package lethe.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The two ways to write one record: CBOR with integer keys for phones, JSON with names for people and browsers. */
public enum Encoding {
    CBOR("lethe.v1.cbor", "application/cbor", "application/cbor"),
    JSON("lethe.v1.json", "application/json", "application/problem+json");

    private final String subProtocol;
    private final String mediaType;
    private final String problemMediaType;

    Encoding(String subProtocol, String mediaType, String problemMediaType) {
        this.subProtocol = subProtocol;
        this.mediaType = mediaType;
        this.problemMediaType = problemMediaType;
    }

    /** The WebSocket sub-protocol, for example {@code lethe.v1.cbor}. */
    public String subProtocol() {
        return subProtocol;
    }

    /** The media type of HTTP bodies. */
    public String mediaType() {
        return mediaType;
    }

    /** The media type of a {@code Problem} as an HTTP body (RFC 9457). */
    public String problemMediaType() {
        return problemMediaType;
    }

    /** Whether frames travel in text messages of the socket; if not, in binary ones. */
    public boolean isText() {
        return this == JSON;
    }

    /** The encoding of a sub-protocol; empty if it is none of ours. */
    public static Optional<Encoding> ofSubProtocol(String name) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.subProtocol.equals(name))
                .findFirst();
    }

    /** The encoding of a media type, whatever its parameters and case; empty if it is none of ours. */
    public static Optional<Encoding> ofMediaType(String mediaType) {
        String bare = mediaType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(encoding -> encoding.mediaType.equals(bare) || encoding.problemMediaType.equals(bare))
                .findFirst();
    }
}
