import "./app/mantine-styles";
import "@fontsource-variable/golos-text/index.css";
import "./app/global.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { startI18n } from "./lib/i18n/i18n";
import { registerServiceWorker } from "./lib/service-worker";

registerServiceWorker();
await startI18n();

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
