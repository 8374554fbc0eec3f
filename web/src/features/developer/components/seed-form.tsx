import { Button, NumberInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "@/lib/error-text";
import { useSeed } from "../api/queries";
import classes from "./developer.module.css";

export function SeedForm() {
  const { t } = useTranslation();
  const seed = useSeed();
  const [talks, setTalks] = useState<number | string>(12);
  const isRight = typeof talks === "number" && talks >= 1 && talks <= 200;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!isRight || seed.isPending) return;
    seed.mutate(talks, {
      onSuccess: (made) =>
        notifications.show({ message: t("developer.seeded", { count: made.talks }) }),
    });
  }

  return (
    <form className={classes.row} onSubmit={submit} noValidate>
      <NumberInput
        label={t("developer.talks")}
        min={1}
        max={200}
        allowDecimal={false}
        value={talks}
        onChange={setTalks}
        error={!isRight && t("developer.talksLimit")}
      />
      <Button type="submit" loading={seed.isPending}>
        {t("developer.fill")}
      </Button>
      {seed.isError && (
        <p className={classes.problem} role="alert">
          {errorText(seed.error)}
        </p>
      )}
    </form>
  );
}
