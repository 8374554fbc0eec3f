import { useTranslation } from "react-i18next";
import { Dot, type DotKind } from "@/components/ui/dot";
import { useMe } from "@/lib/current-user";
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
  const { mode, status, assignee, contact } = conversation;

  if (isNote) return <Line of="person" text={t("composer.noteState")} />;
  if (contact.is_blocked) return <Line of="bad" text={t("composer.blocked")} />;
  if (status === "closed") return <Line of="waiting" text={t("composer.closed")} />;
  if (mode === "bot") return <Line of="bot" text={t("composer.botAnswers")} />;
  if (!assignee) return <Line of="waiting" text={t("composer.nobodyAnswers")} />;
  const isOwn = assignee.id === user.id;
  return (
    <Line
      of="person"
      text={isOwn ? t("composer.youAnswer") : t("composer.someoneAnswers", { name: assignee.name })}
    />
  );
}

function Line({ of, text }: { of: DotKind; text: string }) {
  return (
    <div className={classes.state}>
      <Dot of={of} />
      {text}
    </div>
  );
}
