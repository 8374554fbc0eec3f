import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useIsPhone } from "@/lib/viewport";
import { SearchField } from "./search-field";
import classes from "./search-pane.module.css";
import { SearchResults } from "./search-results";

interface Props {
  question: string;
  onQuestion: (question: string | null) => void;
}

/** The results; on a phone with the field above them, for which its top bar has no room. */
export function SearchPane({ question, onQuestion }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  return (
    <section className={classes.pane} aria-label={t("search.results")}>
      {isPhone && (
        <div className={classes.head}>
          <ActionIcon
            variant="subtle"
            size={44}
            aria-label={t("search.back")}
            onClick={() => onQuestion(null)}
          >
            <IconArrowLeft size={20} aria-hidden />
          </ActionIcon>
          <SearchField
            question={question}
            onQuestion={(next) => onQuestion(next ?? "")}
            hasFocus={question === ""}
          />
        </div>
      )}
      <SearchResults question={question} onLeave={() => onQuestion(null)} />
    </section>
  );
}
