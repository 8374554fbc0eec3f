import { Alert, Skeleton, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Choice, PickList } from "@/components/ui/pick-list";
import { useMe } from "@/lib/current-user";
import { errorText } from "@/lib/error-text";
import { assigneesQuery } from "../api/colleagues";
import type { Conversation, Person } from "../model/types";

const nobody = "nobody";

interface Props {
  talks: readonly Conversation[];
  onPick: (to: Person | null) => void;
  onClose: () => void;
}

export function AssignPicker({ talks, onPick, onClose }: Props) {
  const { t } = useTranslation();
  const { user } = useMe();
  const { data: people, error } = useQuery(assigneesQuery());
  if (!people) {
    return error ? (
      <Alert color="bad">{errorText(error)}</Alert>
    ) : (
      <Stack gap="xs" aria-busy>
        <Skeleton h={36} />
        <Skeleton h={36} />
        <Skeleton h={36} />
      </Stack>
    );
  }
  const me = people.filter(({ id }) => id === user.id);
  const others = people.filter(({ id }) => id !== user.id);
  const has = (id: string | null) =>
    talks.every(({ mode, assignee }) => mode === "manager" && (assignee?.id ?? null) === id);
  const choices: Choice[] = [
    ...me.map(({ id, name }) => ({ value: id, label: t("assign.me", { name }), isOn: has(id) })),
    ...others.map(({ id, name }) => ({ value: id, label: name, isOn: has(id) })),
    { value: nobody, label: t("assign.nobody"), isOn: has(null) },
  ];
  return (
    <PickList
      label={t("window.assign")}
      placeholder={t("assign.search")}
      nothing={t("assign.none")}
      choices={choices}
      onClose={onClose}
      onPick={(value) => {
        const found = people.find(({ id }) => id === value);
        onPick(found ? { id: found.id, name: found.name } : null);
      }}
    />
  );
}
