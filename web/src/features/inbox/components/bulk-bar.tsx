import { ActionIcon, Tooltip } from "@mantine/core";
import { type Icon, IconMailOpened, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/lib/current-user";
import { useIsPhone } from "@/lib/viewport";
import { type Command, commandLabels, commandsFor } from "../model/command";
import { keyOf } from "../model/keys";
import { useActs } from "./acts-context";
import classes from "./bulk-bar.module.css";
import { commandIcons } from "./command-icons";
import { useChosen, useSelectionActs } from "./selection-context";

const commands = [
  "take-over",
  "return-to-bot",
  "assign",
  "close",
  "reopen",
  "snooze",
  "unsnooze",
  "tags",
  "unread",
] as const satisfies readonly Command[];

/**
 * Stands in place of the column's heading while some of its rows are chosen; where there is no
 * heading, below the rows. So the rows stay where they are.
 */
export function BulkBar({ isAtBottom }: { isAtBottom: boolean }) {
  const { t } = useTranslation();
  const { user } = useMe();
  const isPhone = useIsPhone();
  const acts = useActs();
  const { clear } = useSelectionActs();
  const talks = useChosen();
  const size = isPhone ? 44 : 28;
  const fitting = (command: Command) =>
    talks.filter((talk) => commandsFor(talk, user.id).includes(command));
  const isUnread = talks.some(({ unread_count: count }) => count > 0);

  return (
    <div
      className={classes.bar}
      data-bottom={isAtBottom || undefined}
      role="toolbar"
      aria-label={t("bulk.bar")}
    >
      <div className={classes.line}>
        <strong aria-live="polite">{t("bulk.selected", { count: talks.length })}</strong>
        <Act label={t("bulk.clear")} hint="Esc" icon={IconX} size={size} onClick={clear} />
      </div>
      <div className={classes.line}>
        {commands.map((command) => {
          const wanted = fitting(command);
          if (wanted.length === 0 || (command === "unread" && isUnread)) return null;
          return (
            <Act
              key={command}
              label={t(commandLabels[command])}
              hint={keyOf(command)}
              icon={commandIcons[command]}
              size={size}
              onClick={() => acts.run(command, wanted)}
            />
          );
        })}
        {isUnread && (
          <Act
            label={t("bulk.read")}
            icon={IconMailOpened}
            size={size}
            onClick={() => void acts.perform(talks, { name: "read" })}
          />
        )}
      </div>
    </div>
  );
}

interface ActProps {
  label: string;
  hint?: string | undefined;
  icon: Icon;
  size: number;
  onClick: () => void;
}

function Act({ label, hint, icon: Picture, size, onClick }: ActProps) {
  return (
    <Tooltip label={hint ? `${label} · ${hint}` : label}>
      <ActionIcon variant="subtle" color="gray" size={size} aria-label={label} onClick={onClick}>
        <Picture size={size > 30 ? 22 : 18} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
