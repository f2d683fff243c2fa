# The image of run, gateway and notifier: a Java runtime of the modules that they need, the jars, an AOT cache, a user without rights.
# operate/image/build.sh is all that it does; operate/local/run.py does the same without containers.

FROM maven:3.9.11-eclipse-temurin-25 AS build
WORKDIR /millrace
COPY . .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -pl connectors -am package && JAVA_HOME="${JAVA_HOME:-/opt/java/openjdk}" operate/image/build.sh /opt/millrace

FROM maven:3.9.11-eclipse-temurin-25 AS build-connect
WORKDIR /millrace
COPY . .
RUN mvn -B -ntp -q -Dmaven.test.skip=true -Pconnect-worker -pl connectors/worker,connectors/connect -am package

# docker-compose.yml's connect. Its plugins are others', and want a whole Java.
FROM eclipse-temurin:25.0.1_8-jre AS connect
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin millrace
COPY --from=build-connect /millrace/connectors/worker/target/lib /opt/connect/lib
COPY --from=build-connect /millrace/connectors/worker/target/plugins /opt/connect/plugins/published
COPY --from=build-connect /millrace/connectors/connect/target/plugins /opt/connect/plugins/own
COPY connectors/config /opt/connect/config
COPY operate/image/connect operate/image/healthy /opt/connect/bin/
ENV CONNECT_HOME=/opt/connect
USER 10001
ENTRYPOINT ["/opt/connect/bin/connect"]

FROM debian:12.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin millrace \
    && install -d -o millrace -g millrace -m 0750 /var/lib/millrace
COPY --from=build /opt/millrace /opt/millrace
USER 10001
ENV MILLRACE_STATE_DIR=/var/lib/millrace MILLRACE_LOG_FORMAT=json
VOLUME /var/lib/millrace
EXPOSE 8080 8086 8087 8088
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["/opt/millrace/bin/healthy", "127.0.0.1:8088"]
ENTRYPOINT ["/opt/millrace/bin/millrace"]
CMD ["run"]
