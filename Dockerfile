# The image of all of Lethe's processes: `docker build -t lethe .`; docs/kubernetes.md says what runs it and what was tried.
# No shell, no package manager, no root; nothing in it is written to.
# To build from images that never change, name them by digest:
#   docker build --build-arg BUILD=maven:...@sha256:... --build-arg JAVA=gcr.io/distroless/java17-debian12:nonroot@sha256:... .
ARG BUILD=maven:3.9-eclipse-temurin-17
ARG JAVA=gcr.io/distroless/java17-debian12:nonroot

FROM ${BUILD} AS build
WORKDIR /build
COPY . .
# The same jars, byte for byte, as every other build of this commit.
RUN mvn -q -B -ntp -Dmaven.test.skip=true -DskipLint package -pl launcher -am

FROM ${JAVA}
COPY --from=build /build/launcher/target/dist/lib /opt/lethe/lib
COPY LICENSE NOTICE /opt/lethe/
USER 65532:65532
WORKDIR /tmp
# As ./lethe starts Java: no dump, no core, no report of a crash, and nobody attaches. What is for one process alone, such as
# its collector, comes in JDK_JAVA_OPTIONS, before these.
ENTRYPOINT ["/usr/bin/java", "-XX:-HeapDumpOnOutOfMemoryError", "-XX:+ExitOnOutOfMemoryError", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-XX:+DisableAttachMechanism", "-cp", "/opt/lethe/lib/lethe.jar", "lethe.launcher.Main"]
CMD ["--help"]
HEALTHCHECK NONE
