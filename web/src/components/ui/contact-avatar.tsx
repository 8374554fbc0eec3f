import classes from "./contact-avatar.module.css";

const colors = [
  "#7c8fb0",
  "#b0887c",
  "#8a7cb0",
  "#6f9f8c",
  "#a3935f",
  "#6d9a85",
  "#b07c9c",
  "#6f9aa6",
  "#8f8f8f",
];

const channels: Record<string, { letter: string; color: string }> = {
  avito: { letter: "А", color: "#00aaff" },
  whatsapp: { letter: "W", color: "#25d366" },
  telegram: { letter: "T", color: "#2aabee" },
};

function colorOf(name: string): string {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return colors[sum % colors.length] ?? "#8f8f8f";
}

interface Props {
  name: string;
  imageUrl: string | null;
  channel: string;
}

export function ContactAvatar({ name, imageUrl, channel }: Props) {
  const badge = channels[channel];
  return (
    <span className={classes.avatar} style={{ background: colorOf(name) }} aria-hidden>
      {imageUrl ? (
        <img className={classes.image} src={imageUrl} alt="" loading="lazy" />
      ) : (
        name.trim().charAt(0).toUpperCase() || "?"
      )}
      {badge && (
        <b className={classes.channel} style={{ background: badge.color }}>
          {badge.letter}
        </b>
      )}
    </span>
  );
}
