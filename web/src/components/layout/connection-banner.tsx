import { IconCloudOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./connection-banner.module.css";

export function ConnectionBanner({ isLate }: { isLate: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={15} aria-hidden />
      {t(isLate ? "live.late" : "live.behind")}
    </div>
  );
}
