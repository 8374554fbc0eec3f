import { Skeleton } from "@mantine/core";
import classes from "./row-skeletons.module.css";

const widths = [52, 38, 64, 45, 58, 40, 50];

export function RowSkeletons() {
  return (
    <div className={classes.rows} aria-busy>
      {widths.map((width) => (
        <div className={classes.row} key={width}>
          <Skeleton width={44} height={44} radius={10} />
          <div className={classes.lines}>
            <Skeleton width={`${width}%`} height={11} />
            <Skeleton width={`${width + 24}%`} height={9} />
            <Skeleton width={`${width + 10}%`} height={9} />
          </div>
        </div>
      ))}
    </div>
  );
}
