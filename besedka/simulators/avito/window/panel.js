// The control panel: who listens to webhooks, autopilot buyers, faults, last deliveries.

import { call } from "./api.js";
import { h, timeOf, toast } from "./dom.js";
import { account, state } from "./state.js";

const percents = [[0, "нет"], [0.1, "10 %"], [0.3, "30 %"], [0.5, "50 %"], [1, "всегда"]];
const seconds = (...values) => values.map((value) => [value, value ? `${value} с` : "нет"]);

const FAULTS = [
  ["drop", "Терять вебхуки", percents],
  ["duplicate", "Повторять вебхуки", [[1, "нет"], [2, "дважды"], [3, "трижды"], [5, "пять раз"]]],
  ["reorder", "Перемешивать вебхуки"],
  ["delay_s", "Задерживать вебхуки", seconds(0, 2, 10, 60)],
  ["echo_first", "Эхо раньше ответа"],
  ["status_429", "Отвечать 429", percents],
  ["status_500", "Отвечать 500", percents],
  ["slow_s", "Отвечать медленно", seconds(0, 1, 5, 15)],
  ["accept_then_timeout", "Принять и замолчать", percents],
  ["payment_required", "Нет тарифа, 402", [["", "нет"], ["partial", "частично"], ["full", "совсем"]]],
];

async function setFaults(changes) {
  const faults = await call("POST", `/accounts/${account().user_id}/faults`, changes);
  account().faults = faults;
  drawPanel();
}

function faultLine([name, label, options]) {
  const value = account().faults[name];
  if (!options) {
    const input = h("input", { type: "checkbox", checked: Boolean(value), "aria-label": label, onchange: () => setFaults({ [name]: input.checked }) });
    return h("label", { class: "line" }, h("span", {}, label), h("span", { class: "switch" }, input, h("i")));
  }
  const isSpoken = options.some(([option]) => option === (value || options[0][0]));
  const shown = isSpoken ? options : [...options, [value, String(value)]];
  const select = h("select", { "aria-label": label, class: value && value !== options[0][0] ? "on" : "" });
  select.append(...shown.map(([option, words]) => h("option", { value: String(option), selected: option === (value || options[0][0]) }, words)));
  select.addEventListener("change", () => {
    const chosen = shown[select.selectedIndex][0];
    setFaults({ [name]: chosen === "" ? false : chosen });
  });
  return h("label", { class: "line" }, h("span", {}, label), select);
}

function faultsSection() {
  const expire = async () => {
    await setFaults({ expire_token: true });
    toast("Токены просрочены", "Следующий вызов API получит отказ, пока не возьмут новый токен");
  };
  const mend = async () => {
    await call("DELETE", `/accounts/${account().user_id}/faults`);
    toast("Неполадки выключены");
  };
  return h(
    "section",
    {},
    h("h3", {}, "Неполадки"),
    FAULTS.map(faultLine),
    h(
      "div",
      { class: "actions" },
      h("button", { type: "button", class: "button small", onclick: expire }, "Просрочить токен"),
      h("button", { type: "button", class: "button small", onclick: mend }, "Всё исправить"),
    ),
  );
}

const draft = { buyers: 3, messages_per_minute: 20, seed: 1 };

function autopilotSection() {
  const pilot = state.autopilot;
  const number = (name, label, max) => {
    const input = h("input", { type: "number", min: "1", max: String(max), value: String(pilot.is_running ? pilot[name] : draft[name]), disabled: pilot.is_running });
    input.addEventListener("input", () => { draft[name] = Number(input.value) || 1; });
    return h("label", { class: "line" }, h("span", {}, label), input);
  };
  const start = async () => { state.autopilot = await call("POST", "/autopilot", draft); drawPanel(); };
  const stop = async () => { state.autopilot = await call("DELETE", "/autopilot"); drawPanel(); };
  return h(
    "section",
    {},
    h("h3", {}, "Автопилот покупателей"),
    h("p", { class: "hint" }, pilot.is_running ? `Пишут: ${pilot.sent} сообщений в ${pilot.chats} чатах` : "Покупатели пишут сами: торгуются, ошибаются, шлют голосовые и фото"),
    number("buyers", "Покупателей", 100),
    number("messages_per_minute", "Сообщений в минуту", 600),
    number("seed", "Набор разговоров", 999),
    pilot.is_running
      ? h("button", { type: "button", class: "button danger", onclick: stop }, "Остановить")
      : h("button", { type: "button", class: "button main-action", onclick: start }, "Запустить"),
  );
}

function accountSection() {
  const { name, user_id, client_id, client_secret, subscriptions } = account();
  return h(
    "section",
    {},
    h("h3", {}, `Аккаунт «${name}»`),
    h("div", { class: "line" }, h("span", {}, "Номер"), h("code", {}, String(user_id))),
    h("div", { class: "line" }, h("span", {}, "Client ID"), h("code", {}, client_id)),
    h("div", { class: "line" }, h("span", {}, "Client secret"), h("code", {}, client_secret)),
    subscriptions.length
      ? h("p", { class: "hint" }, "Вебхуки получает: ", subscriptions.map((url) => h("code", {}, shortened(url))))
      : h("p", { class: "hint" }, "На вебхуки никто не подписан. Подключите аккаунт этими ключами."),
  );
}

function shortened(url) {
  // The path is a secret of the receiver; its beginning is enough to know who listens.
  const { host, pathname } = new URL(url);
  return pathname.length > 16 ? `${host}${pathname.slice(0, 14)}…` : host + pathname;
}

function outcome(row) {
  if (row.dropped) return ["warn", "потерян"];
  if (row.finished === null) return ["", "в пути"];
  if (row.status >= 200 && row.status < 300) return ["good", `${row.status} за ${Math.max(1, Math.round((row.finished - row.queued) * 1000))} мс`];
  return ["bad", row.status ? `ответ ${row.status}` : row.error === "timeout" ? "нет ответа за 2 с" : "нет соединения"];
}

const TYPES = { text: "Текст", image: "Фото", voice: "Голосовое", link: "Ссылка", location: "Место", system: "Система", deleted: "Удаление", item: "Объявление" };

function deliveriesSection() {
  const rows = state.deliveries.slice(-8).reverse().map((row) => {
    const [colour, words] = outcome(row);
    return h("div", { class: "delivery" }, h("i", { class: `dot ${colour}` }), h("span", {}, `${TYPES[row.type] ?? row.type}: ${words}`), h("time", {}, timeOf(row.queued)));
  });
  return h("section", {}, h("h3", {}, "Последние вебхуки"), rows.length ? rows : h("p", { class: "hint" }, "Пока ни одного."));
}

export function drawPanel() {
  const panel = document.querySelector("#panel");
  if (!account() || panel.contains(document.activeElement) && document.activeElement.type === "number") return;
  const focused = document.activeElement?.getAttribute("aria-label");
  const inPanel = panel.contains(document.activeElement);
  panel.replaceChildren(autopilotSection(), faultsSection(), deliveriesSection(), accountSection());
  if (inPanel && focused) panel.querySelector(`[aria-label="${focused}"]`)?.focus();
}
