// The simulator's control API and its stream of events.

import { toast } from "./dom.js";

export async function call(method, path, body) {
  const options = { method };
  if (body instanceof Blob) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "content-type": "application/json" };
  }
  const response = await fetch(`/_sim${path}`, options);
  const answer = response.status === 204 ? null : await response.json();
  if (!response.ok) {
    toast("Не получилось", REASONS[answer.detail] ?? answer.detail);
    throw new Error(answer.detail);
  }
  return answer;
}

const REASONS = {
  "the seller has blocked this buyer": "Продавец заблокировал этого покупателя",
  "message is older than one hour": "Удалить можно в течение часа после отправки",
  "JPEG, PNG, GIF, BMP or HEIC up to 24 MB is expected": "Подойдёт JPEG, PNG, GIF, BMP или HEIC до 24 МБ",
};

export function listen(handlers, onLine) {
  const source = new EventSource("/_sim/stream");
  for (const [name, handler] of Object.entries(handlers)) {
    source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  }
  source.onopen = () => onLine(true);
  source.onerror = () => onLine(false);
}
