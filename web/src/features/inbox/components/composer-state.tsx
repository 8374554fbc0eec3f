import { useTranslation } from "react-i18next";
import { Dot, type DotKind } from "@/components/ui/dot";
import { useMe } from "@/lib/current-user";
import { useChannelKind } from "../hooks/use-channel-name";
import { whoAnswers } from "../model/answers";
import type { Conversation } from "../model/types";
import classes from "./composer.module.css";

/** Who answers now, in one quiet line above the field. */
export function ComposerState({
  conversation,
  isNote,
}: {
  conversation: Conversation;
  isNote: boolean;
}) {
  const { t } = useTranslation();
  const { user } = useMe();
  const channel = useChannelKind(conversation);
  const { status, assignee, contact } = conversation;

  if (isNote) return <Line of="person" text={t("composer.noteState")} />;
  if (contact.is_blocked) return <Line of="bad" text={t("composer.blocked")} />;
  if (status === "closed") return <Line of="waiting" text={t("composer.closed")} />;
  switch (whoAnswers(conversation)) {
    case "bot":
      return <Line of="bot" text={t("composer.botAnswers")} />;
    case "awaited":
      return <Line of="waiting" text={t("composer.awaited")} />;
    case "elsewhere":
      return <Line of="person" text={t("composer.elsewhere", { channel })} />;
    case "nobody":
      return <Line of="person" text={t("composer.nobodyAnswers")} />;
    case "assignee": {
      const isOwn = assignee?.id === user.id;
      const name = assignee?.name ?? "";
      const text = isOwn ? t("composer.youAnswer") : t("composer.someoneAnswers", { name });
      return <Line of="person" text={text} />;
    }
  }
}

function Line({ of, text }: { of: DotKind; text: string }) {
  return (
    <div className={classes.state}>
      <Dot of={of} />
      {text}
    </div>
  );
}
