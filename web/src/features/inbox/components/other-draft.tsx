import { Button } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { useReplyDrafts } from "../api/reply-drafts";
import type { ComposerText } from "../hooks/use-composer-text";
import classes from "./composer.module.css";

/** Words from another device that those in the field took the place of. */
export function OtherDraft({
  conversationId,
  text,
}: {
  conversationId: string;
  text: ComposerText;
}) {
  const { t } = useTranslation();
  const drafts = useReplyDrafts();
  const other = useSyncExternalStore(drafts.subscribe, () => drafts.other(conversationId));
  if (other === null) return null;

  function take(): void {
    text.replace(other ?? "");
    drafts.forgetOther(conversationId);
  }

  return (
    <div className={classes.other} role="status">
      <span className={classes.otherText} title={other}>
        {t("composer.otherDraft", { text: other })}
      </span>
      <Button variant="subtle" size="compact-sm" onClick={take}>
        {t("composer.takeOther")}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        onClick={() => drafts.forgetOther(conversationId)}
      >
        {t("composer.dropOther")}
      </Button>
    </div>
  );
}
