// What the page knows. Views read it; `main.js` fills it from the simulator.

export const state = {
  accounts: [],
  listings: new Map(),
  chats: new Map(),
  messages: new Map(), // chat id to its messages, for chats that were opened
  autopilot: { is_running: false },
  deliveries: [],
  speaker: "buyer",
  drafts: new Map(),
};

export const account = () => state.accounts[0];
export const listingOf = (chat) => state.listings.get(chat.item_id);

export function place() {
  const [, view = "", id = ""] = location.hash.split("/");
  return { view: view || "home", id: decodeURIComponent(id) };
}

export const chatsByTime = () =>
  [...state.chats.values()].sort((a, b) => (b.last_message?.at ?? b.created) - (a.last_message?.at ?? a.created));

const WORDS = {
  image: "Фото", voice: "Голосовое сообщение", location: "Место на карте", call: "Пропущенный звонок",
  deleted: "Сообщение удалено", file: "Файл", video: "Видео", appCall: "Звонок",
};

export function wordsOf(message) {
  if (!message) return "Сообщений пока нет";
  if (message.deleted) return WORDS.deleted;
  return WORDS[message.type] ?? message.text;
}
