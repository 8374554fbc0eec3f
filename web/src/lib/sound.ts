const atMostEveryMs = 1000;
// Two soft notes, the second a fourth above: heard in a shop, and no alarm.
const notes = [
  { hertz: 659.25, at: 0 },
  { hertz: 880, at: 0.12 },
] as const;
const noteLastsS = 0.35;
const loudness = 0.14;

let context: AudioContext | null = null;
let playedAt = Number.NEGATIVE_INFINITY;

/** A browser lets a page sound only after the user has touched it. Returns how to stop waiting. */
export function unlockSoundOnTouch(): () => void {
  function unlock(): void {
    if (!("AudioContext" in window)) return;
    context ??= new AudioContext();
    if (context.state === "suspended") void context.resume();
  }
  document.addEventListener("pointerdown", unlock);
  document.addEventListener("keydown", unlock);
  return () => {
    document.removeEventListener("pointerdown", unlock);
    document.removeEventListener("keydown", unlock);
  };
}

/** Silent before the first touch, and when it has just sounded. */
export function playChime(): void {
  const now = performance.now();
  if (context?.state !== "running" || now - playedAt < atMostEveryMs) return;
  playedAt = now;
  for (const { hertz, at } of notes) {
    const start = context.currentTime + at;
    const oscillator = new OscillatorNode(context, { type: "sine", frequency: hertz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.linearRampToValueAtTime(loudness, start + 0.02);
    gain.gain.exponentialRampToValueAtTime(0.0001, start + noteLastsS);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(start);
    oscillator.stop(start + noteLastsS);
  }
}
