import i18n from "i18next";
import { ApiError } from "./api-error";

/** The server's trouble, but for people to mend: its words say how. */
const toldTroubles = ["storage_full", "model_unavailable"];

/** What to tell the user: the server's own words where it has any. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return i18n.t("error.unknown");
  const { status, code, title, detail } = error.problem;
  if (code === "network") return i18n.t("error.network");
  if (status === 403) return i18n.t("error.forbidden");
  if (status >= 500 && !toldTroubles.includes(code)) return i18n.t("error.server");
  const words = [title, detail].filter((part) => part);
  if (words.length === 0) return i18n.t("error.unknown");
  return words.map((part) => (/[.?…]$/.test(part ?? "") ? part : `${part}.`)).join(" ");
}
