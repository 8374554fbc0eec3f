import { useRouter } from "@tanstack/react-router";
import { useCallback } from "react";
import { talkIdIn } from "../model/address";

/**
 * Reads which talk the address asks for. It changes with the press of the key or the click that
 * leads on; the match of the route changes later, once the page is there.
 */
export function useCurrentTalkId(): () => string | null {
  const router = useRouter();
  return useCallback(() => talkIdIn(router.latestLocation.pathname), [router]);
}
