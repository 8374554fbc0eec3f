import { Button, Skeleton } from "@mantine/core";
import { IconFileOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { StateMessage } from "@/components/ui/state-message";
import { isMissing } from "@/lib/api-error";
import { errorText } from "@/lib/error-text";
import { documentQuery } from "../api/queries";
import { DocumentForm } from "./document-form";
import classes from "./document-form.module.css";

const newDocument = { title: "", text: "", enabled: true };

interface Props {
  /** Null: a new one. */
  id: string | null;
  onClose: () => void;
  /** Saved or deleted: nothing is left to ask about. */
  onDone: () => void;
}

export function DocumentEditor({ id, onClose, onDone }: Props) {
  return id === null ? (
    <DocumentForm id={null} saved={newDocument} onClose={onClose} onDone={onDone} />
  ) : (
    <StoredDocument id={id} onClose={onClose} onDone={onDone} />
  );
}

function StoredDocument({ id, onClose, onDone }: Props & { id: string }) {
  const { t } = useTranslation();
  const document = useQuery(documentQuery(id));
  if (document.data) {
    return <DocumentForm id={id} saved={document.data} onClose={onClose} onDone={onDone} />;
  }
  if (!document.isError) {
    return (
      <div className={classes.fields} aria-busy>
        <Skeleton height={34} />
        <Skeleton flex={1} mih={200} />
      </div>
    );
  }
  const isGone = isMissing(document.error);
  return (
    <StateMessage
      icon={<IconFileOff size={32} stroke={1.5} aria-hidden />}
      title={t(isGone ? "documents.gone" : "documents.notLoaded")}
      text={isGone ? t("documents.goneText") : errorText(document.error)}
    >
      {!isGone && (
        <Button variant="default" onClick={() => void document.refetch()}>
          {t("common.retry")}
        </Button>
      )}
      <Button onClick={onClose}>{t("documents.toList")}</Button>
    </StateMessage>
  );
}
