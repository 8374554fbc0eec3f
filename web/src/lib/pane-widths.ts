import { useLocalStorage } from "@mantine/hooks";

const mostWidth = 2000;

/** Widths in pixels, by the name of the pane. */
export type PaneWidths = Record<string, number>;

/** What an earlier visit left, as far as it makes sense. */
export function readWidths(text: string | undefined): PaneWidths {
  const widths: PaneWidths = {};
  try {
    const stored: unknown = JSON.parse(text ?? "{}");
    for (const [name, width] of Object.entries(stored ?? {})) {
      if (typeof width === "number" && width > 0 && width <= mostWidth) widths[name] = width;
    }
  } catch {
    // Somebody else's words in our place: the panes stand as they were made.
  }
  return widths;
}

/** The widths that this browser remembers. */
export function usePaneWidths() {
  return useLocalStorage<PaneWidths>({
    key: "besedka.widths",
    defaultValue: {},
    deserialize: readWidths,
    getInitialValueInEffect: false,
  });
}

/** Whether the details stand beside the talk, where there is room for them. */
export function useAreDetailsShown() {
  return useLocalStorage<boolean>({
    key: "besedka.details",
    defaultValue: true,
    deserialize: (text) => text !== "false",
    getInitialValueInEffect: false,
  });
}
