/** As the API takes them; a test holds them to its description. */
export const agentLimits = {
  instructions: 20_000,
  pauseS: { min: 0, max: 300 },
  replyCap: { min: 1, max: 200 },
  modelName: 200,
  baseUrl: 500,
  key: 500,
} as const;
