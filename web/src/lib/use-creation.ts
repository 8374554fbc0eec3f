import {
  type UseMutationOptions,
  type UseMutationResult,
  useMutation,
} from "@tanstack/react-query";
import { useRef } from "react";

/**
 * `useMutation` for what makes something new: `mutate` does nothing until the call before it has
 * ended. Of a double click both halves may come before anybody sees `isPending`.
 */
export function useCreation<Made, Words = void>(
  options: UseMutationOptions<Made, Error, Words>,
): UseMutationResult<Made, Error, Words> {
  const mutation = useMutation(options);
  const isUnderWay = useRef(false);

  const mutate: typeof mutation.mutate = (...call) => {
    if (isUnderWay.current) return;
    isUnderWay.current = true;
    mutation
      .mutateAsync(...call)
      .catch(() => {}) // `error` tells of it
      .finally(() => {
        isUnderWay.current = false;
      });
  };

  return { ...mutation, mutate };
}
