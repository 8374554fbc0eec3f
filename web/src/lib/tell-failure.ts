import { notifications } from "@mantine/notifications";
import { errorText } from "./error-text";

/** Says in a notice why something was not done. */
export function tellFailure(error: unknown): void {
  notifications.show({ color: "bad", message: errorText(error) });
}
