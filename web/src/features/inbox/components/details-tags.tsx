import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCanWrite } from "@/lib/current-user";
import { useTags } from "../hooks/use-tags";
import type { Conversation } from "../model/types";
import { useActs } from "./acts-context";
import classes from "./details-tags.module.css";
import { TagPill } from "./tag-pill";

export function DetailsTags({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const acts = useActs();
  const tags = useTags(conversation.tag_ids);
  return (
    <div className={classes.tags}>
      {tags.map((tag) => (
        <TagPill
          key={tag.id}
          tag={tag}
          {...(canWrite && {
            onRemove: () => void acts.perform([conversation], { name: "untag", tagId: tag.id }),
          })}
        />
      ))}
      {canWrite && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.add}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => acts.run("tags", [conversation])}
        >
          {t("tags.add")}
        </Button>
      )}
      {!canWrite && tags.length === 0 && t("tags.noneHere")}
    </div>
  );
}
