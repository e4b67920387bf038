# Built by the Makefile's own commands, run without root. Not built where this project is made: no engine there.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/maillage
COPY Makefile pyproject.toml README.md LICENSE requirements.lock ./
COPY graphsvc graphsvc
COPY matcher matcher
COPY people people
COPY seed seed
COPY web web
RUN make install LOCK=requirements.lock

FROM python:3.11-slim-bookworm
RUN useradd --create-home maillage && install -d -o maillage -g maillage -m 700 /home/maillage/data
COPY --from=build /srv/maillage /srv/maillage
WORKDIR /srv/maillage
USER maillage
ENV MAILLAGE_HOME=/home/maillage/data PYTHONUNBUFFERED=1
EXPOSE 8000
CMD [".venv/bin/maillage", "serve", "--host", "0.0.0.0", "--port", "8000"]
