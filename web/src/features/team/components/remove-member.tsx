import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { ConfirmWindow } from "@/components/ui/confirm-window";
import { type Member, useRemoveMember } from "../api/queries";

interface Props {
  member: Member;
  isOpen: boolean;
  onClose: () => void;
}

export function RemoveMember({ member, isOpen, onClose }: Props) {
  const { t } = useTranslation();
  const remove = useRemoveMember(member.id);
  const { name } = member;

  function removed(): void {
    notifications.show({ message: t("team.removed", { name }) });
    onClose();
  }

  return (
    <ConfirmWindow
      isOpen={isOpen}
      title={t("team.removeTitle", { name })}
      text={t("team.removeText")}
      submit={t("team.removeShort")}
      isBusy={remove.isPending}
      error={remove.error}
      onSubmit={() => remove.mutate(undefined, { onSuccess: removed })}
      onClose={onClose}
    />
  );
}
