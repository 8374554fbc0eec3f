import { ApiError, problemOf } from "./api-error";

interface Options {
  /** From 0 to 1. */
  onProgress: (part: number) => void;
  signal: AbortSignal;
}

/** Brings a file to the server. Only XMLHttpRequest tells how far it has got. */
export function uploadFile(url: string, file: File, { onProgress, signal }: Options) {
  return new Promise<unknown>((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file, file.name);
    const lost = () =>
      reject(new ApiError({ code: "network", status: 0, title: "", detail: null }));
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total > 0 ? loaded / total : 0),
    );
    request.addEventListener("load", () => {
      const answer = new Response(request.responseText, { status: request.status });
      if (answer.ok) resolve(JSON.parse(request.responseText));
      else void problemOf(answer).then((problem) => reject(new ApiError(problem)));
    });
    request.addEventListener("error", lost);
    request.addEventListener("timeout", lost);
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", url);
    request.send(form);
  });
}
