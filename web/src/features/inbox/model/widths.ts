/** Below these the talk and its details can't be used. */
export const talkMin = 400;
export const detailsMin = 240;
