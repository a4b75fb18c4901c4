import type { ApiKeyView, TeamMember as TeamMemberView } from '#contracts';
import type { ApiKey, TeamMember } from '#identity';

export function teamMemberView({ id, email, name, role, since }: TeamMember): TeamMemberView {
  return { id, email, name, role, since: since.toISOString() };
}

export function apiKeyView(key: ApiKey): ApiKeyView {
  const { id, name, hint, role, permissions, createdBy, createdAt, lastUsedAt, revokedAt } = key;
  return {
    id,
    name,
    hint,
    role,
    permissions: permissions === null ? null : [...permissions],
    createdBy,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
