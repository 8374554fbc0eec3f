import { Modal } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Act } from "../model/act";
import type { Conversation } from "../model/types";
import type { Acts } from "./acts-context";
import { AssignPicker } from "./assign-picker";
import { KeysHelp } from "./keys-help";
import { MomentPicker } from "./moment-picker";
import { TagPicker } from "./tag-picker";

export type Question =
  | { about: "assign" | "snooze" | "tags"; talks: readonly Conversation[] }
  | { about: "keys" };

interface Props {
  question: Question;
  onClose: () => void;
  perform: Acts["perform"];
}

/** What an act has to ask before it can be done. */
export function ActWindows({ question, onClose, perform }: Props) {
  const { t } = useTranslation();

  function content() {
    if (question.about === "keys") return <KeysHelp />;
    const { about, talks } = question;
    const act = (one: Act) => {
      onClose();
      void perform(talks, one);
    };
    if (about === "assign") {
      return (
        <AssignPicker
          talks={talks}
          onPick={(to) => act({ name: "assign", to })}
          onClose={onClose}
        />
      );
    }
    if (about === "snooze") {
      return (
        <MomentPicker
          label={(until) => t("snooze.until", { until })}
          onPick={(until) => act({ name: "snooze", until: until.toISOString() })}
        />
      );
    }
    return <TagPicker talks={talks} perform={perform} onClose={onClose} />;
  }

  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`window.${question.about}`)}
      size={question.about === "keys" ? 460 : 380}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {content()}
    </Modal>
  );
}
