import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/api/schema";
import { api, bodyOf } from "@/lib/api-client";
import { type Me, meQuery } from "@/lib/current-user";
import type { Role } from "@/lib/roles";
import { useCreation } from "@/lib/use-creation";

export type Member = components["schemas"]["MemberRead"];
export type Invite = components["schemas"]["InviteRead"];
export type InviteCreated = components["schemas"]["InviteCreated"];
export type OpenInvite = components["schemas"]["InviteOpen"];
type NewInvite = components["schemas"]["InviteCreate"];
type Acceptance = Omit<components["schemas"]["InviteAccept"], "token">;

export function membersQuery() {
  return queryOptions({
    queryKey: ["users"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/users", { signal })),
  });
}

export function invitesQuery() {
  return queryOptions({
    queryKey: ["invites"],
    queryFn: ({ signal }) => bodyOf(api.GET("/api/v1/invites", { signal })),
  });
}

export function useChangeRole() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: { id: string; role: Role }) =>
      bodyOf(
        api.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id: id } }, body: { role } }),
      ),
    onSuccess: () => client.invalidateQueries(membersQuery()),
  });
}

export function useRemoveMember(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE("/api/v1/users/{user_id}", { params: { path: { user_id: id } } }),
    onSuccess: () => client.invalidateQueries(membersQuery()),
  });
}

export function useCreateInvite() {
  const client = useQueryClient();
  return useCreation({
    mutationFn: (body: NewInvite) => bodyOf(api.POST("/api/v1/invites", { body })),
    onSuccess: () => client.invalidateQueries(invitesQuery()),
  });
}

export function useRevokeInvite() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      api.DELETE("/api/v1/invites/{invite_id}", { params: { path: { invite_id: id } } }),
    onSettled: () => client.invalidateQueries(invitesQuery()),
  });
}

/** What the holder of a link sees before joining. */
export function openInviteQuery(token: string) {
  return queryOptions({
    queryKey: ["invite", token],
    queryFn: ({ signal }) =>
      bodyOf(api.POST("/api/v1/auth/invites/read", { body: { token }, signal })),
  });
}

export function useAcceptInvite(token: string) {
  const client = useQueryClient();
  return useCreation({
    mutationFn: (body: Acceptance) =>
      bodyOf(api.POST("/api/v1/auth/invites/accept", { body: { ...body, token } })),
    onSuccess: (me) => {
      client.clear(); // what another user of this browser saw
      client.setQueryData<Me>(meQuery().queryKey, me);
    },
  });
}
