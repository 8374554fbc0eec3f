import { ActionIcon, Slider } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useVoiceUrl } from "../api/use-message-act";
import classes from "./voice-player.module.css";

interface Props {
  messageId: string;
  /** What was said, where the channel or the assistant tells. */
  transcript: string | null;
}

/** Asks for the recording only when somebody wants to hear it. */
export function VoicePlayer({ messageId, transcript }: Props) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const voice = useVoiceUrl(messageId);
  const [isPlaying, setIsPlaying] = useState(false);
  const [isBroken, setIsBroken] = useState(false);
  const [position, setPosition] = useState(0);
  const [duration, setDuration] = useState(0);
  const isFailed = voice.isError || isBroken;

  function start(url: string): void {
    const player = audio.current;
    if (!player) return;
    player.src = url;
    player.play().catch(() => setIsBroken(true));
  }

  function toggle(): void {
    if (isPlaying) {
      audio.current?.pause();
    } else if (voice.data && !isBroken) {
      void audio.current?.play();
    } else {
      setIsBroken(false);
      voice.mutate(undefined, { onSuccess: ({ url }) => start(url) });
    }
  }

  function seek(seconds: number): void {
    if (audio.current) audio.current.currentTime = seconds;
    setPosition(seconds);
  }

  return (
    <div className={classes.player}>
      <ActionIcon
        radius="50%"
        size={36}
        loading={voice.isPending}
        onClick={toggle}
        aria-label={t(isPlaying ? "message.voicePause" : "message.voicePlay")}
      >
        {isPlaying ? (
          <IconPlayerPauseFilled size={18} aria-hidden />
        ) : (
          <IconPlayerPlayFilled size={18} aria-hidden />
        )}
      </ActionIcon>
      <div className={classes.body}>
        <span className={classes.title} data-failed={isFailed || undefined}>
          {t(isFailed ? "message.voiceFailed" : "message.voice")}
        </span>
        {duration > 0 && (
          <Slider
            size={4}
            thumbSize={12}
            label={null}
            min={0}
            max={duration}
            step={0.1}
            value={position}
            onChange={seek}
            thumbLabel={t("message.voicePosition")}
          />
        )}
        {transcript && <span className={classes.transcript}>{transcript}</span>}
      </div>
      <span className={classes.time}>{duration > 0 && clock(position || duration)}</span>
      {/* biome-ignore lint/a11y/useMediaCaption: a customer's recording has no captions */}
      <audio
        ref={audio}
        preload="none"
        onPlay={() => setIsPlaying(true)}
        onPause={() => setIsPlaying(false)}
        onEnded={() => setPosition(0)}
        onError={() => setIsBroken(true)}
        onTimeUpdate={(event) => setPosition(event.currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget }) => {
          if (Number.isFinite(currentTarget.duration)) setDuration(currentTarget.duration);
        }}
      />
    </div>
  );
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
