import { Skeleton } from "@mantine/core";
import feed from "./message-feed.module.css";
import classes from "./talk.module.css";
import head from "./talk-head.module.css";

const bubbles = [
  { width: "42%", height: 56, isOut: false },
  { width: "48%", height: 92, isOut: true },
  { width: "30%", height: 56, isOut: false },
  { width: "44%", height: 74, isOut: true },
];

export function TalkSkeleton() {
  return (
    <section className={classes.talk} aria-busy>
      <header className={head.head}>
        <Skeleton width={46} height={36} radius={8} />
        <div className={head.words}>
          <Skeleton width={150} height={13} mb={8} />
          <Skeleton width={220} height={10} />
        </div>
      </header>
      <MessageSkeletons />
    </section>
  );
}

export function MessageSkeletons() {
  return (
    <div className={feed.messages} aria-busy>
      {bubbles.map(({ width, height, isOut }) => (
        <Skeleton
          key={width}
          width={width}
          height={height}
          radius={14}
          style={{ alignSelf: isOut ? "flex-end" : "flex-start" }}
        />
      ))}
    </div>
  );
}
