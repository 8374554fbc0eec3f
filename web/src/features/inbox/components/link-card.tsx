import type { ReactNode } from "react";
import classes from "./link-card.module.css";

interface Props {
  /** Null when there is nowhere to go. */
  url: string | null;
  title: string;
  text: string | null;
  source: string | null;
  imageUrl: string | null;
  icon?: ReactNode;
}

/** A link preview, a listing or a place: a picture, a title and a line. */
export function LinkCard({ url, title, text, source, imageUrl, icon }: Props) {
  const card = (
    <>
      {imageUrl ? (
        <img className={classes.picture} src={imageUrl} alt="" loading="lazy" />
      ) : (
        icon && <span className={classes.icon}>{icon}</span>
      )}
      <span className={classes.words}>
        <span className={classes.title}>{title}</span>
        {text && <span className={classes.text}>{text}</span>}
        {source && <span className={classes.source}>{source}</span>}
      </span>
    </>
  );
  return url === null ? (
    <span className={classes.card}>{card}</span>
  ) : (
    <a className={classes.card} href={url} target="_blank" rel="noopener noreferrer nofollow">
      {card}
    </a>
  );
}
