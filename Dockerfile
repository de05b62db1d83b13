# Flipchart as a container: `docker compose up --build` runs it behind Caddy (compose.yaml); docs/operating.md says the rest.
# The root of what comes out of it may be read-only: boards lie in /data, and /tmp is for the moment.

FROM python:3.11.14-slim-bookworm AS builder
WORKDIR /flipchart
# Nothing is compiled: a package without a wheel for this machine stops the build.
ENV PIP_ONLY_BINARY=:all: PIP_NO_CACHE_DIR=1
# --build-arg FLIPCHART_SMART=0 leaves out what compares meanings across languages (105 MB).
ARG FLIPCHART_SMART=1
COPY bin/setup bin/
COPY requirements.txt requirements-smart.txt ./
RUN bin/setup
COPY . .
RUN bin/setup \
    && .venv/bin/python -m compileall -q app web migrations \
    && .venv/bin/python -m pip uninstall --quiet --yes pip setuptools \
    && rm -rf .venv/lock bin/setup requirements.txt requirements-smart.txt

FROM python:3.11.14-slim-bookworm
RUN groupadd --gid 10001 flipchart \
    && useradd --uid 10001 --gid flipchart --no-log-init --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin flipchart \
    && install --directory --owner flipchart --group flipchart --mode 0700 /data
COPY --from=builder /flipchart /flipchart
WORKDIR /flipchart
# So that an operator can say `docker compose exec flipchart flipchart boards`.
ENV PATH="/flipchart/bin:${PATH}"
ENV PYTHONDONTWRITEBYTECODE=1 FLIPCHART_DATA=/data FLIPCHART_HOST=0.0.0.0 FLIPCHART_PORT=8000 FLIPCHART_LOG_FORMAT=json
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python3", "-c", "import http.client, os, sys; asked = http.client.HTTPConnection('127.0.0.1', int(os.environ['FLIPCHART_PORT']), timeout=4); asked.request('GET', '/healthz'); sys.exit(asked.getresponse().status != 200)"]
ENTRYPOINT ["/flipchart/bin/flipchart"]
CMD ["serve"]
