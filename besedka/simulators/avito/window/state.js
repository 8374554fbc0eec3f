// What the page knows. Views read it; `main.js` fills it from the simulator.

export const state = {
  accounts: [],
  listings: new Map(),
  chats: new Map(),
  messages: new Map(), // chat id to its messages, for chats that were opened
  autopilot: { is_running: false },
  deliveries: [],
  speaker: "buyer",
  drafts: new Map(), // chat id to the words not sent yet
  offers: new Map(), // listing id to the buyer's name and first words not sent yet
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

// A read may be older than an event that came while it travelled: what events have told stays.
export function keepRead(id, messages) {
  const told = new Map((state.messages.get(id) ?? []).map((message) => [message.id, message]));
  const merged = messages.map((message) => {
    const known = told.get(message.id);
    told.delete(message.id);
    return known ? { ...message, deleted: message.deleted || known.deleted, read_at: message.read_at ?? known.read_at } : message;
  });
  state.messages.set(id, [...merged, ...told.values()]);
}
