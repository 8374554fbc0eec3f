import { IconSparkles } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Suggestion } from "../hooks/use-suggestion";
import { ComposerTool } from "./composer-tool";

interface Props {
  suggestion: Suggestion;
  isDisabled: boolean;
}

export function SuggestionTool({ suggestion, isDisabled }: Props) {
  const { t } = useTranslation();
  return (
    <ComposerTool
      icon={<IconSparkles size={18} stroke={1.6} aria-hidden />}
      label={t("suggestion.ask")}
      title={t("suggestion.hint")}
      aria-keyshortcuts="Alt+Enter"
      isWordy
      isAgents
      disabled={isDisabled || suggestion.isThinking}
      onClick={suggestion.ask}
    />
  );
}
