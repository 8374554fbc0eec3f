const channelName = "besedka.session";
const signedOut = "signed-out";

/** Tells the other tabs that their session has ended too. */
export function tellSignedOut(): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(signedOut);
  channel.close();
}

/** Hears of a sign-out in another tab; returns how to stop. */
export function onSignedOutElsewhere(leave: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }) => {
    if (data === signedOut) leave();
  };
  return () => channel.close();
}
