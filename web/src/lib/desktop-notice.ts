export interface DesktopNotice {
  title: string;
  body: string;
  /** A newer notice with the same tag takes the place of the older one. */
  tag: string;
  onClick: () => void;
}

/** "unsupported" also where the page did not come over https. */
export function noticePermission(): NotificationPermission | "unsupported" {
  return "Notification" in window ? Notification.permission : "unsupported";
}

/** To be called from the user's click alone. */
export async function askToNotify(): Promise<boolean> {
  if (!("Notification" in window)) return false;
  return (await Notification.requestPermission()) === "granted";
}

export function showDesktopNotice({ title, body, tag, onClick }: DesktopNotice): void {
  if (noticePermission() !== "granted") return;
  try {
    const notice = new Notification(title, { body, tag, icon: "/icons/icon-192.png" });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onClick();
    };
  } catch {
    // Android shows notices of a service worker alone; there the sound must do.
  }
}
