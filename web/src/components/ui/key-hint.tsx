import { Kbd } from "@mantine/core";

/** The key that does the same, beside the words that say what. */
export function KeyHint({ of }: { of: string | undefined }) {
  if (of === undefined) return null;
  return (
    <Kbd size="xs" aria-hidden>
      {of}
    </Kbd>
  );
}
