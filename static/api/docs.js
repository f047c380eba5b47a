// The page of the API: Swagger UI, with this site's session for what is tried on it.
const here = document.getElementById("api");
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

globalThis.SwaggerUIBundle({
  url: here.dataset.schema,
  domNode: here,
  deepLinking: true,
  validatorUrl: null,
  requestInterceptor(request) {
    const sameSite = new URL(request.url, location.href).origin === location.origin;
    if (sameSite && !SAFE.has((request.method ?? "GET").toUpperCase())) request.headers["X-CSRFToken"] = here.dataset.token;
    return request;
  },
});
