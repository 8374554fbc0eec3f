/** Colours by meaning. Green: people and the main action; indigo: the bot; amber: waiting. */
export type ColorTokens = Record<
  | "bg"
  | "panel"
  | "panel-2"
  | "line"
  | "text"
  | "muted"
  | "faint"
  | "brand"
  | "brand-soft"
  | "on-brand"
  | "bot"
  | "bot-soft"
  | "on-bot"
  | "wait"
  | "wait-soft"
  | "on-wait"
  | "bad"
  | "bad-soft"
  | "on-bad"
  | "note"
  | "note-line"
  | "bubble-in"
  | "bubble-out"
  | "bubble-bot"
  | "row-shadow",
  string
>;

export const lightTokens: ColorTokens = {
  bg: "#f6f7f5",
  panel: "#ffffff",
  "panel-2": "#fafbf9",
  line: "#e4e7e2",
  text: "#1c211d",
  muted: "#59635c",
  faint: "#626c65",
  brand: "#1f6f54",
  "brand-soft": "#e6f2ec",
  "on-brand": "#ffffff",
  bot: "#5a55c9",
  "bot-soft": "#efeefb",
  "on-bot": "#ffffff",
  wait: "#a64b07",
  "wait-soft": "#fdf1dd",
  "on-wait": "#ffffff",
  bad: "#c62f3b",
  "bad-soft": "#fdeaec",
  "on-bad": "#ffffff",
  note: "#fff8dc",
  "note-line": "#eadfa6",
  "bubble-in": "#ffffff",
  "bubble-out": "#e6f2ec",
  "bubble-bot": "#efeefb",
  "row-shadow": "0 1px 2px rgba(20, 30, 24, 0.06), 0 4px 16px rgba(20, 30, 24, 0.05)",
};

export const darkTokens: ColorTokens = {
  bg: "#121513",
  panel: "#191d1a",
  "panel-2": "#161a17",
  line: "#2a302c",
  text: "#e8ece9",
  muted: "#a3ada7",
  faint: "#8b968f",
  brand: "#4fb58d",
  "brand-soft": "#1a2f26",
  "on-brand": "#0c1411",
  bot: "#a4a0f5",
  "bot-soft": "#26243f",
  "on-bot": "#12112a",
  wait: "#e6a23c",
  "wait-soft": "#352a16",
  "on-wait": "#1d1404",
  bad: "#f0727c",
  "bad-soft": "#3a1e21",
  "on-bad": "#22090c",
  note: "#2b2818",
  "note-line": "#4a4426",
  "bubble-in": "#20251f",
  "bubble-out": "#1a2f26",
  "bubble-bot": "#26243f",
  "row-shadow": "0 0 0 1px #2a302c",
};
