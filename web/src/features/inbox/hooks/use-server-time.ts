import { useEffect, useState } from "react";
import { serverNow } from "@/lib/server-clock";

const tickMs = 250;

/** The server's time, as often as a countdown needs it, while one is running. */
export function useServerTime(isRunning: boolean): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNow(serverNow()), tickMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  return now;
}
