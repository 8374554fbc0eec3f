import { Skeleton } from "@mantine/core";
import classes from "./document-skeletons.module.css";

const widths = [34, 22, 41, 28, 37];

export function DocumentSkeletons() {
  return (
    <div className={classes.rows} aria-busy>
      {widths.map((width) => (
        <div className={classes.row} key={width}>
          <Skeleton width={`${width}%`} height={11} />
          <Skeleton width={`${width + 40}%`} height={9} />
          <Skeleton width="18%" height={9} />
        </div>
      ))}
    </div>
  );
}
