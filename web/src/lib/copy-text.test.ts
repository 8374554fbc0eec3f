import { notifications } from "@mantine/notifications";
import { afterEach, describe, expect, it, vi } from "vitest";
import { copyText } from "./copy-text";

const { execCommand } = document;

function stubClipboard(writeText: ((text: string) => Promise<void>) | undefined): void {
  vi.stubGlobal("navigator", { clipboard: writeText && { writeText } });
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  document.execCommand = execCommand;
});

describe("copying", () => {
  it("goes by way of a selection where the page came without https", async () => {
    stubClipboard(undefined);
    let copied = "";
    document.execCommand = (command) => {
      const field = document.activeElement as HTMLTextAreaElement;
      copied = field.value.slice(field.selectionStart, field.selectionEnd);
      return command === "copy";
    };

    expect(await copyText("https://example.ru/invite/1")).toBe(true);
    expect(copied).toBe("https://example.ru/invite/1");
    expect(document.querySelector("textarea")).toBeNull();
  });

  it("says when neither way is open", async () => {
    stubClipboard(() => Promise.reject(new Error("denied")));
    document.execCommand = () => false;
    const told = vi.spyOn(notifications, "show");

    expect(await copyText("Текст")).toBe(false);
    expect(told).toHaveBeenCalledWith({
      color: "bad",
      message: "Не скопировалось. Выделите текст и скопируйте сами",
    });
  });
});
