import {
  isMantineColorScheme,
  type MantineColorScheme,
  type MantineColorSchemeManager,
} from "@mantine/core";

// public/first-paint.js reads it before anything else is loaded.
const storageKey = "besedka.theme";
// Where the theme was kept before it had a name of ours.
const formerKey = "mantine-color-scheme-value";

let listener: ((scheme: MantineColorScheme) => void) | null = null;

/** Keeps the theme for the login page and the first paint; the server keeps it for the user. */
export const colorSchemeManager: MantineColorSchemeManager = {
  get: (fallback) => {
    const kept = localStorage.getItem(storageKey) ?? localStorage.getItem(formerKey);
    return isMantineColorScheme(kept) ? kept : fallback;
  },
  set: (scheme) => localStorage.setItem(storageKey, scheme),
  subscribe: (onUpdate) => {
    listener = onUpdate;
    window.addEventListener("storage", onStorage);
  },
  unsubscribe: () => {
    listener = null;
    window.removeEventListener("storage", onStorage);
  },
  clear: () => localStorage.removeItem(storageKey),
};

function onStorage({ key, newValue }: StorageEvent): void {
  if (key === storageKey && isMantineColorScheme(newValue)) listener?.(newValue);
}

export function applyColorScheme(scheme: MantineColorScheme): void {
  if (colorSchemeManager.get("auto") === scheme) return;
  colorSchemeManager.set(scheme);
  listener?.(scheme);
}
