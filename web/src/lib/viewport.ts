import { useMediaQuery } from "@mantine/hooks";

const immediately = { getInitialValueInEffect: false };

/** One column; the open talk fills the screen. */
export function useIsPhone(): boolean {
  return useMediaQuery("(max-width: 700px)", false, immediately);
}

/** No room for both columns of talks beside the open one. */
export function useIsNarrow(): boolean {
  return useMediaQuery("(max-width: 1079px)", false, immediately);
}

/** Room for the details beside the talk. */
export function useHasDetails(): boolean {
  return useMediaQuery("(min-width: 1320px)", true, immediately);
}
