/** Lets the app open without a connection. Only where it is built: not while one works on it. */
export function registerServiceWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  window.addEventListener("load", () => {
    // Never from the browser's cache: a new version is found at the next visit.
    navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {
      // Without https there is none; the app works, it only does not open offline.
    });
  });
}
