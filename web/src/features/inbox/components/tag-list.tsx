import { ActionIcon, Button, Skeleton, Stack } from "@mantine/core";
import { IconAlertCircle, IconPencil, IconPlus, IconTag, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { PaneHead } from "@/components/ui/pane-head";
import { StateMessage } from "@/components/ui/state-message";
import { useCanSetUp } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { tagsQuery, tagUsesQuery } from "../api/tags";
import type { Tag } from "../model/types";
import { DeleteTag } from "./delete-tag";
import { TagForm } from "./tag-form";
import classes from "./tag-list.module.css";
import { TagDot } from "./tag-pill";

type Open = { form: Tag | "new" } | { deleting: Tag } | null;

/** The company's tags: made by whoever answers, changed by whoever sets the shop up. */
export function TagList() {
  const { t } = useTranslation();
  const { data: tags, error, isFetching, refetch } = useQuery(tagsQuery());
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const add = (
    <Button
      variant="light"
      leftSection={<IconPlus size={17} aria-hidden />}
      onClick={() => setOpen({ form: "new" })}
    >
      {t("tags.new")}
    </Button>
  );
  return (
    <>
      <PaneHead title={t("tags.title")}>{tags && tags.length > 0 && add}</PaneHead>
      <div className={classes.body}>
        {!tags && !error && <Skeletons />}
        {!tags && error && (
          <StateMessage
            icon={<IconAlertCircle size={28} stroke={1.5} aria-hidden />}
            title={t("tags.notLoaded")}
            text={errorText(error)}
          >
            <Button variant="default" loading={isFetching} onClick={() => void refetch()}>
              {t("common.retry")}
            </Button>
          </StateMessage>
        )}
        {tags?.length === 0 && (
          <StateMessage
            icon={<IconTag size={28} stroke={1.5} aria-hidden />}
            title={t("tags.emptyTitle")}
            text={t("tags.emptyText")}
          >
            {add}
          </StateMessage>
        )}
        {tags && tags.length > 0 && <Rows tags={tags} onOpen={setOpen} />}
      </div>
      {open && "form" in open && (
        <TagForm tag={open.form === "new" ? null : open.form} tags={tags ?? []} onClose={close} />
      )}
      {open && "deleting" in open && <DeleteTag tag={open.deleting} onClose={close} />}
    </>
  );
}

function Rows({ tags, onOpen }: { tags: readonly Tag[]; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const canSetUp = useCanSetUp();
  const { data: uses } = useQuery(tagUsesQuery());
  return (
    <ul className={classes.rows}>
      {tags.map((tag) => (
        <li key={tag.id} className={classes.row}>
          <TagDot color={tag.color} />
          <span className={classes.name}>{tag.name}</span>
          <span className={classes.count}>
            {uses && t("tags.chats", { count: uses.get(tag.id) ?? 0 })}
          </span>
          {canSetUp && (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                className={classes.act}
                aria-label={t("tags.change", { name: tag.name })}
                onClick={() => onOpen({ form: tag })}
              >
                <IconPencil size={18} stroke={1.7} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                className={classes.act}
                aria-label={t("tags.delete", { name: tag.name })}
                onClick={() => onOpen({ deleting: tag })}
              >
                <IconTrash size={18} stroke={1.7} aria-hidden />
              </ActionIcon>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

function Skeletons() {
  return (
    <Stack gap="xs" aria-busy>
      <Skeleton h={44} />
      <Skeleton h={44} />
      <Skeleton h={44} />
    </Stack>
  );
}
