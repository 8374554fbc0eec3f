// Lets the app open without a connection. Only the app's own files are kept, never an answer of
// the API. `VERSION` and `FILES` are put in by the build (service-worker.ts).

const cacheName = `besedka-${VERSION}`;
const shell = "/";

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      // Past the browser's own cache: an old page with the names of old files would be kept.
      .then((cache) => cache.addAll(FILES.map((path) => new Request(path, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

function isOld(name) {
  return name.startsWith("besedka-") && name !== cacheName;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    // The server's page first, so that nobody stays on an old version.
    if (!isServers(pathname)) event.respondWith(fetch(request).catch(() => caches.match(shell)));
  } else if (FILES.includes(pathname)) {
    // Files with a hash in their name never change; the others are asked for first.
    event.respondWith(pathname.startsWith("/assets/") ? kept(request) : fresh(request));
  }
});

function isServers(pathname) {
  return /^\/(api|hooks)\/|^\/(healthz|readyz|metrics)$/.test(pathname);
}

function kept(request) {
  return caches.match(request).then((found) => found ?? fetch(request));
}

function fresh(request) {
  return fetch(request).catch(() =>
    caches.match(request).then((found) => found ?? Response.error()),
  );
}
