import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { compressed } from "./build-compression.ts";
import { serviceWorker } from "./pwa/service-worker.ts";
import { mockServer } from "./src/testing/mock-server.ts";

const server = "http://127.0.0.1:8000";

export default defineConfig(({ mode }) => ({
  plugins: [react(), serviceWorker(), compressed(), mode === "mock" && mockServer()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: { outDir: "../besedka/web_dist", emptyOutDir: true, manifest: true },
  server: {
    host: "127.0.0.1",
    ...(mode !== "mock" && { proxy: { "/api": server, "/healthz": server } }),
  },
  test: {
    environment: "jsdom",
    setupFiles: "src/testing/setup.ts",
    restoreMocks: true,
    testTimeout: 15_000,
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
}));
