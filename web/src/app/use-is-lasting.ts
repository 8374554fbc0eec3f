import { useDebouncedValue } from "@mantine/hooks";

/** True once `is` has been true for a while, false at once. */
export function useIsLasting(is: boolean, afterMs: number): boolean {
  const [was] = useDebouncedValue(is, afterMs);
  return is && was;
}
