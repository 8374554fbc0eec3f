import i18n from "i18next";
import { formatMoney } from "@/lib/format";

/** Kopecks (perhaps a fraction of one) to "0,31 ₽"; null when it is not known or nothing. */
export function costText(minor: string | null | undefined): string | null {
  if (minor == null) return null;
  const value = Number(minor);
  if (!Number.isFinite(value) || value === 0) return null;
  if (value < 1) return i18n.t("receipt.almostFree");
  return formatMoney(Math.round(value), "RUB");
}
