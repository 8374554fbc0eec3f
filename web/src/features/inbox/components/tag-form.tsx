import { Alert, Button, Group, Modal, Radio, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { useAddTag, useChangeTag } from "../api/tags";
import { tagColorFor, tagColors } from "../model/tag-colors";
import type { Tag, TagColor } from "../model/types";
import classes from "./tag-list.module.css";
import { TagDot } from "./tag-pill";

const maxName = 40;

interface Props {
  /** Null makes a new one. */
  tag: Tag | null;
  tags: readonly Tag[];
  onClose: () => void;
}

export function TagForm({ tag, tags, onClose }: Props) {
  const { t } = useTranslation();
  const [name, setName] = useState(tag?.name ?? "");
  const [color, setColor] = useState<TagColor>(tag?.color ?? tagColorFor(tags));
  const add = useAddTag();
  const change = useChangeTag();
  const error = add.error ?? change.error;

  function save(event: FormEvent): void {
    event.preventDefault();
    const done = { onSuccess: onClose };
    if (tag) change.mutate({ id: tag.id, name: name.trim(), color }, done);
    else add.mutate({ name: name.trim(), color }, done);
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(tag ? "tags.one" : "tags.new")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={save}>
        <Stack gap="md">
          <TextInput
            label={t("tags.name")}
            placeholder={t("tags.example")}
            maxLength={maxName}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            data-autofocus
          />
          <Radio.Group
            label={t("tags.color")}
            value={color}
            onChange={(value) => setColor(tagColors.find((one) => one === value) ?? "stone")}
          >
            <div className={classes.colors}>
              {tagColors.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={
                    <span className={classes.color}>
                      <TagDot color={one} />
                      {t(`tags.colors.${one}`)}
                    </span>
                  }
                />
              ))}
            </div>
          </Radio.Group>
          {error && (
            <Alert color="bad" variant="light" p="xs" role="alert">
              {errorText(error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              disabled={name.trim() === ""}
              loading={add.isPending || change.isPending}
            >
              {t("unsaved.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
