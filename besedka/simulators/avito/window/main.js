// Loads the simulator's state, follows its events, and shows the place named in the address.

import { call, listen } from "./api.js";
import { drawChats } from "./chats.js";
import { toast } from "./dom.js";
import { drawHome, drawListing } from "./listings.js";
import { drawPanel } from "./panel.js";
import { account, keepRead, place, state, wordsOf } from "./state.js";
import { drawTalk, markRead, refreshTalk } from "./talk.js";

const stage = document.querySelector("#stage");

function setDot(selector, colour, words) {
  const chip = document.querySelector(selector);
  chip.querySelector(".dot").className = `dot ${colour}`;
  chip.querySelector("span").textContent = words;
  chip.title = words;
}

function drawState() {
  const count = account()?.subscriptions.length ?? 0;
  setDot("#hook-state", count ? "good" : "warn", count ? "Вебхуки подключены" : "Вебхуки никто не слушает");
  drawPanel();
}

function show() {
  const { view, id } = place();
  const name = { chat: "talk", chats: "chats", panel: "panel" }[view] ?? "listings";
  document.body.dataset.view = name;
  for (const tab of document.querySelectorAll(".tabs a")) tab.classList.toggle("on", tab.dataset.tab === name);
  if (view === "chat" && state.chats.has(id)) drawTalk(stage, id);
  else if (view === "item") drawListing(stage, id);
  else drawHome(stage);
  drawChats();
}

async function load() {
  const [accounts, listings, chats, autopilot, deliveries] = await Promise.all(
    ["/accounts", "/listings", "/chats", "/autopilot", "/deliveries"].map((path) => call("GET", path)),
  );
  state.accounts = accounts.items;
  state.listings = new Map(listings.items.filter((each) => each.user_id === account().user_id).map((each) => [each.id, each]));
  state.chats = new Map(chats.items.map((chat) => [chat.id, chat]));
  state.messages.clear();
  state.autopilot = autopilot;
  state.deliveries = deliveries.items;
  drawState();
  show();
}

// Events.

let chatsTimer = 0;
function drawChatsSoon() {
  chatsTimer ||= setTimeout(() => { chatsTimer = 0; drawChats(); }, 120);
}

let panelTimer = 0;
function drawDeliveriesSoon() {
  panelTimer ||= setTimeout(async () => {
    const [deliveries, accounts, autopilot] = await Promise.all(["/deliveries", "/accounts", "/autopilot"].map((path) => call("GET", path)));
    panelTimer = 0;
    state.deliveries = deliveries.items;
    state.accounts = accounts.items;
    state.autopilot = autopilot;
    drawState();
  }, 900);
}

function keep({ chat, message }) {
  if (chat.user_id !== account()?.user_id) return;
  state.chats.set(chat.id, chat);
  const known = state.messages.get(chat.id);
  if (message && known) {
    const at = known.findIndex((each) => each.id === message.id);
    if (at < 0) known.push(message);
    else known[at] = message;
  }
  drawChatsSoon();
}

function onMessage(data) {
  keep(data);
  const { chat, message } = data;
  const { view, id } = place();
  const isOpen = view === "chat" && id === chat.id;
  if (isOpen) {
    refreshTalk(chat.id, message.author === "buyer");
    if (message.author === "seller") markRead(chat.id);
  } else if (message.author === "seller") {
    toast("Продавец ответил", `${chat.buyer.name}: ${wordsOf(message).slice(0, 90)}`, `#/chat/${encodeURIComponent(chat.id)}`);
  }
  drawDeliveriesSoon();
}

async function onRead(data) {
  keep(data);
  const { view, id } = place();
  if (view !== "chat" || id !== data.chat.id || !state.messages.has(id)) return;
  const full = await call("GET", `/chats/${encodeURIComponent(id)}`);
  keepRead(id, full.messages);
  refreshTalk(id);
}

function onDeleted(data) {
  keep(data);
  refreshTalk(data.chat.id);
}

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

const wanted = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("theme");
setTheme(wanted ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
document.querySelector("#theme").addEventListener("click", () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
addEventListener("hashchange", show);
addEventListener("focus", () => { const { view, id } = place(); if (view === "chat" && state.chats.get(id)?.unread) markRead(id); });

// The state is read once the stream runs, at first and after each break, so that nothing falls between the two.
listen(
  {
    ready: load,
    chat: keep,
    message: onMessage,
    read: onRead,
    deleted: onDeleted,
    account: ({ account: changed }) => {
      state.accounts = state.accounts.map((each) => (each.user_id === changed.user_id ? changed : each));
      drawState();
    },
    autopilot: (status) => { state.autopilot = status; drawPanel(); },
  },
  (isOnline) => setDot("#line-state", isOnline ? "good" : "bad", isOnline ? "Симулятор на связи" : "Связь с симулятором прервалась"),
);
