/** Why a link does not let in; each has words of its own. */
const inviteProblems = [
  "invite_not_found",
  "invite_used",
  "invite_expired",
  "already_member",
  "email_taken",
  "old_password_needed",
] as const;

export type InviteProblem = (typeof inviteProblems)[number];

export function isInviteProblem(code: string): code is InviteProblem {
  return inviteProblems.some((problem) => problem === code);
}
