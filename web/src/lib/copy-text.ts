import { notifications } from "@mantine/notifications";
import i18n from "i18next";
import { useEffect, useRef, useState } from "react";

/** Puts a text on the clipboard; says so where that is not possible. */
export async function copyText(text: string): Promise<boolean> {
  const isDone = (await isWritten(text)) || isCopiedBySelection(text);
  if (!isDone) notifications.show({ color: "bad", message: i18n.t("common.notCopied") });
  return isDone;
}

/** For a button that says for a while that it has copied. */
export function useCopy(text: string, shownMs: number): { isCopied: boolean; copy: () => void } {
  const [isCopied, setIsCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  async function copy(): Promise<void> {
    if (!(await copyText(text))) return;
    clearTimeout(timer.current);
    setIsCopied(true);
    timer.current = setTimeout(() => setIsCopied(false), shownMs);
  }

  return { isCopied, copy: () => void copy() };
}

async function isWritten(text: string): Promise<boolean> {
  // Missing where the page came without https.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (!clipboard) return false;
  return clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}

function isCopiedBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.style.position = "fixed";
  field.style.opacity = "0";
  document.body.append(field);
  field.focus();
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
