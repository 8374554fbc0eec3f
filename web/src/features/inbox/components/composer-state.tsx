import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Dot, type DotKind } from "@/components/ui/dot";
import { useMe } from "@/lib/current-user";
import { useChannelKind } from "../hooks/use-channel-name";
import type { SoftLock } from "../hooks/use-presence";
import { whoAnswers } from "../model/answers";
import type { Conversation } from "../model/types";
import classes from "./composer.module.css";
import presenceClasses from "./presence.module.css";
import { PresenceLine } from "./presence-line";

/** Who answers now, in one quiet line above the field. */
export function ComposerState({
  conversation,
  isNote,
  lock,
}: {
  conversation: Conversation;
  isNote: boolean;
  /** Null while a reply is ours to write. */
  lock: SoftLock | null;
}) {
  const { t } = useTranslation();
  const { user } = useMe();
  const channel = useChannelKind(conversation);
  const { status, assignee, contact } = conversation;

  if (isNote) return <Line of="person" text={t("composer.noteState")} />;
  if (contact.is_blocked) return <Line of="bad" text={t("composer.blocked")} />;
  if (status === "closed") return <Line of="waiting" text={t("composer.closed")} />;
  if (lock?.by) return <LockLine name={lock.by.name} onOverride={lock.override} />;
  const others = <PresenceLine conversationId={conversation.id} />;
  switch (whoAnswers(conversation)) {
    case "bot":
      return <Line of="bot" text={t("composer.botAnswers")} others={others} />;
    case "awaited":
      return <Line of="waiting" text={t("composer.awaited")} others={others} />;
    case "elsewhere":
      return <Line of="person" text={t("composer.elsewhere", { channel })} others={others} />;
    case "nobody":
      return <Line of="person" text={t("composer.nobodyAnswers")} others={others} />;
    case "assignee": {
      const isOwn = assignee?.id === user.id;
      const name = assignee?.name ?? "";
      const text = isOwn ? t("composer.youAnswer") : t("composer.someoneAnswers", { name });
      return <Line of="person" text={text} others={others} />;
    }
  }
}

function Line({ of, text, others }: { of: DotKind; text: string; others?: ReactNode }) {
  return (
    <div className={classes.state}>
      <Dot of={of} />
      <span>
        {text}
        {others}
      </span>
    </div>
  );
}

function LockLine({ name, onOverride }: { name: string; onOverride: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.state} role="status">
      <Dot of="person" />
      <span>{t("composer.someoneAnswers", { name })}</span>
      <button type="button" className={presenceClasses.override} onClick={onOverride}>
        {t("presence.override")}
      </button>
    </div>
  );
}
