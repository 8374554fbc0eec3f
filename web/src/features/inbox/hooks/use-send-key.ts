import { useMediaQuery } from "@mantine/hooks";
import type { KeyboardEvent } from "react";

/** Whether a key sends what is written. On a phone Enter breaks the line, as everywhere there. */
export function useSendKey(): (event: KeyboardEvent) => boolean {
  const isTouch = useMediaQuery("(hover: none)", false, { getInitialValueInEffect: false });
  return ({ key, shiftKey, ctrlKey, metaKey, nativeEvent }) => {
    if (key !== "Enter" || shiftKey || nativeEvent.isComposing) return false;
    return !isTouch || ctrlKey || metaKey;
  };
}
