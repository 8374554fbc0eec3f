import i18n from "i18next";
import { describe, expect, it } from "vitest";
import { ApiError } from "./api-error";
import { errorText } from "./error-text";

function refused(code: string, status: number): ApiError {
  return new ApiError({ code, status, title: "Модель не ответила", detail: "Замените её ключ." });
}

describe("the words of an error", () => {
  it.each(["model_unavailable", "storage_full"])("of %s say how people mend it", (code) => {
    expect(errorText(refused(code, 503))).toBe("Модель не ответила. Замените её ключ.");
  });

  it("of a server in trouble are ours", () => {
    expect(errorText(refused("internal_error", 500))).toBe(i18n.t("error.server"));
  });
});
