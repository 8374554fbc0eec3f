import { Button, Center, Loader, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconClock } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import classes from "./composer-tools.module.css";

const MomentPicker = lazy(async () => ({
  default: (await import("./moment-picker")).MomentPicker,
}));

interface Props {
  isDisabled: boolean;
  /** What waits for its time is a text alone. */
  hasPictures: boolean;
  onPick: (moment: Date) => void;
}

/** The button beside «Отправить»: the same words, at another time. */
export function LaterTool({ isDisabled, hasPictures, onPick }: Props) {
  const { t } = useTranslation();
  const [isOpen, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button
        className={classes.later}
        variant="default"
        // Pointed at, a button that is shut altogether could not say why.
        disabled={isDisabled && !hasPictures}
        data-disabled={hasPictures || undefined}
        aria-disabled={hasPictures || undefined}
        title={hasPictures ? t("later.noPictures") : undefined}
        aria-label={t("later.button")}
        onClick={() => {
          if (!hasPictures) open();
        }}
      >
        <IconClock className={classes.laterIcon} size={18} stroke={1.7} aria-hidden />
        <span className={classes.laterWord}>{t("later.button")}</span>
      </Button>
      <Modal opened={isOpen} onClose={close} size="sm" title={t("later.title")}>
        <p className={classes.laterLead}>{t("later.lead")}</p>
        <LaterChoices
          onPick={(moment) => {
            close();
            onPick(moment);
          }}
        />
      </Modal>
    </>
  );
}

/** The times to choose from; they come with a calendar, so they are loaded when they are needed. */
export function LaterChoices({ onPick }: { onPick: (moment: Date) => void }) {
  const { t } = useTranslation();
  return (
    <Suspense
      fallback={
        <Center h={220}>
          <Loader size="sm" aria-label={t("later.title")} />
        </Center>
      }
    >
      <MomentPicker label={(moment) => t("later.send", { moment })} onPick={onPick} />
    </Suspense>
  );
}
