import { Kbd } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Command, commandLabels } from "../model/command";
import { keyOf } from "../model/keys";
import classes from "./keys-help.module.css";

const commands: readonly Command[] = [
  "take-over",
  "return-to-bot",
  "assign",
  "close",
  "snooze",
  "tags",
  "unread",
  "pin",
];
const movements = [
  ["next", ["N"]],
  ["down", ["J", "↓"]],
  ["up", ["K", "↑"]],
  ["select", ["X"]],
  ["range", ["Shift", "click"]],
  ["all", ["Ctrl", "A"]],
  ["clear", ["Esc"]],
  ["palette", ["Ctrl", "K"]],
  ["search", ["/"]],
  ["reply", ["R", "Enter"]],
  ["leave", ["Esc"]],
  ["keys", ["?"]],
] as const;

/** Every key of the inbox on one sheet. */
export function KeysHelp() {
  const { t } = useTranslation();
  return (
    <>
      <dl className={classes.keys}>
        {commands.map((command) => (
          <Row key={command} words={t(commandLabels[command])} keys={[keyOf(command) ?? ""]} />
        ))}
      </dl>
      <dl className={classes.keys}>
        {movements.map(([name, keys]) => (
          <Row
            key={name}
            words={t(`keys.${name}`)}
            keys={keys.map((key) => (key === "click" ? t("keys.click") : key))}
          />
        ))}
      </dl>
      <p className={classes.hint}>{t("keys.hint")}</p>
    </>
  );
}

function Row({ words, keys }: { words: string; keys: readonly string[] }) {
  return (
    <div className={classes.row}>
      <dt>{words}</dt>
      <dd>
        {keys.map((key) => (
          <Kbd key={key} size="sm">
            {key}
          </Kbd>
        ))}
      </dd>
    </div>
  );
}
