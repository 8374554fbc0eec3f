import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { shortestPassword, weaknessOf } from "@/lib/password-rules";

interface Props extends PasswordInputProps {
  value: string;
  email: string;
  /** What is not filled in yet is no mistake before the button is pressed. */
  wasSubmitted: boolean;
}

/** A new password, with its rules said before it is typed. */
export function NewPasswordInput({ email, wasSubmitted, ...input }: Props) {
  const { t } = useTranslation();
  const weakness = weaknessOf(input.value, email);
  const isEarly = !wasSubmitted && weakness === "length";
  const shown = isEarly ? null : weakness;
  return (
    <PasswordInput
      autoComplete="new-password"
      description={t("password.rules", { length: shortestPassword })}
      inputWrapperOrder={["label", "input", "description", "error"]}
      visibilityToggleButtonProps={{ "aria-label": t("login.showPassword") }}
      {...input}
      error={shown && t(`password.weak.${shown}`, { length: shortestPassword })}
    />
  );
}
