import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Choice, PickList } from "@/components/ui/pick-list";
import { errorText } from "@/lib/error-text";
import { tagsQuery, useAddTag } from "../api/tags";
import { tagColorFor } from "../model/tag-colors";
import type { Conversation } from "../model/types";
import type { Acts } from "./acts-context";
import { TagDot } from "./tag-pill";

interface Props {
  talks: readonly Conversation[];
  perform: Acts["perform"];
  onClose: () => void;
}

/** Puts tags on the talks and takes them off; makes one that is not there yet. */
export function TagPicker({ talks: opened, perform, onClose }: Props) {
  const { t } = useTranslation();
  const { data: tags = [], error } = useQuery(tagsQuery());
  const add = useAddTag();
  const [talks, setTalks] = useState(opened);
  // What is on all of them, as the window opened and was used since.
  const [on, setOn] = useState(
    () => new Set(talks[0]?.tag_ids.filter((id) => talks.every((one) => one.tag_ids.includes(id)))),
  );

  function toggle(tagId: string): void {
    const isOn = on.has(tagId);
    setOn((known) => {
      const next = new Set(known);
      if (isOn) next.delete(tagId);
      else next.add(tagId);
      return next;
    });
    // What a tag took out of every list is known by the answer alone.
    void perform(talks, { name: isOn ? "untag" : "tag", tagId }).then((answers) =>
      setTalks((known) => known.map((talk) => answers.find(({ id }) => id === talk.id) ?? talk)),
    );
  }

  function create(name: string): void {
    // A promise, not the callback of `mutate`: the window may be closed before the answer.
    add.mutateAsync({ name, color: tagColorFor(tags) }).then(
      ({ id }) => toggle(id),
      () => {},
    );
  }

  const choices: Choice[] = tags.map(({ id, name, color }) => ({
    value: id,
    label: name,
    mark: <TagDot color={color} />,
    isOn: on.has(id),
  }));
  const failure = error ?? add.error;
  return (
    <>
      <PickList
        label={t("window.tags")}
        placeholder={t("tags.search")}
        nothing={t("tags.noneYet")}
        choices={choices}
        onClose={onClose}
        onPick={toggle}
        create={{ label: (name) => t("tags.create", { name }), onCreate: create }}
      />
      {failure && (
        <Alert color="bad" mt="xs">
          {errorText(failure)}
        </Alert>
      )}
    </>
  );
}
