import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import classes from "./undo-notice.module.css";

interface Notice {
  /** To hide it once there is nothing to take back any more. */
  id: string;
  text: string;
  undoLabel: string;
  undo: () => void;
}

/** Says what was done and offers to take it back, without asking beforehand. */
export function notifyWithUndo({ id, text, undoLabel, undo }: Notice): void {
  notifications.show({
    id,
    message: (
      <span className={classes.notice}>
        <span>{text}</span>
        <Button
          className={classes.undo}
          variant="subtle"
          size="compact-sm"
          // The button goes with the notice: whoever was writing writes on.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {undoLabel}
        </Button>
      </span>
    ),
  });
}
