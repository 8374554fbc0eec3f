import { Notifications } from "@mantine/notifications";
import { useIsPhone } from "@/lib/viewport";
import classes from "./notices.module.css";

// As wide as the rail and a column of talks: what is said never covers the open talk.
const width = 308;

export function Notices() {
  const isPhone = useIsPhone();
  return (
    <Notifications
      className={classes.notices}
      position={isPhone ? "top-center" : "bottom-left"}
      containerWidth={isPhone ? undefined : width}
      autoClose={6000}
    />
  );
}
