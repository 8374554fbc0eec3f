import type { Conversation } from "./types";

/** What the server takes; it looks at the content again. */
export const pictureTypes = ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/webp"];
export const maxPictureBytes = 24 * 2 ** 20;
/** With one reply. */
export const maxPictures = 10;

export type PictureProblem = "type" | "heic" | "size" | "empty";

/** Why a file need not even be uploaded. */
export function pictureProblem(file: {
  type: string;
  size: number;
  name: string;
}): PictureProblem | null {
  if (/^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name)) return "heic";
  if (!pictureTypes.includes(file.type)) return "type";
  if (file.size === 0) return "empty";
  return file.size > maxPictureBytes ? "size" : null;
}

const ownPath = /^\/api\/v1\/attachments\/([0-9a-f-]{36})(?:\?|$)/;

/** The id of a picture that our own server keeps. */
export function attachmentIdOf(url: unknown): string | null {
  return typeof url === "string" ? (ownPath.exec(url)?.[1] ?? null) : null;
}

/** The pictures that a message carries, of those that our server keeps. */
export function attachmentIdsIn(content: Record<string, unknown>): string[] {
  const sizes = typeof content.sizes === "object" && content.sizes !== null ? content.sizes : {};
  const ids = Object.values(sizes).flatMap((url) => attachmentIdOf(url) ?? []);
  return [...new Set(ids)];
}

export const pictureUrl = (id: string) => `/api/v1/attachments/${id}`;
export const previewUrl = (id: string) => `${pictureUrl(id)}?preview=true`;

export function mayAttach({ status, contact, channel }: Conversation): boolean {
  return status !== "closed" && !contact.is_blocked && channel.takes_pictures;
}
