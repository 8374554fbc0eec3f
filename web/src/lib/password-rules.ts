import { lengthOf } from "./text-length";

export const shortestPassword = 8;

export type PasswordWeakness = "length" | "variety" | "email";

/** The first rule that a new password breaks; the server keeps the same ones. */
export function weaknessOf(password: string, email: string): PasswordWeakness | null {
  if (lengthOf(password) < shortestPassword) return "length";
  if (/^\d+$/.test(password) || new Set(password).size < 3) return "variety";
  const address = email.trim().toLowerCase();
  const [name] = address.split("@");
  const lower = password.toLowerCase();
  return lower === address || lower === name ? "email" : null;
}

/** Catches slips of the hand; whether a letter arrives there, no pattern tells. */
export function looksLikeEmail(text: string): boolean {
  return /^[^@\s]+@[^@\s]+$/.test(text.trim());
}
