import type { AuditEntry } from '#audit';
import type { AuditEntryView } from '#contracts';

export function auditEntryView({
  id,
  at,
  actorKind,
  actorName,
  action,
  subjectKind,
  subjectId,
  details,
}: AuditEntry): AuditEntryView {
  return { id, at: at.toISOString(), actorKind, actorName, action, subjectKind, subjectId, details };
}

export const AUDIT_COLUMNS = ['at', 'by', 'byKind', 'action', 'subjectKind', 'subjectId', 'details', 'id'];

/** An entry as a row of these columns. */
export const auditRow = (entry: AuditEntry): string[] => {
  const { id, at, actorKind, actorName, action, subjectKind, subjectId, details } = entry;
  return [at.toISOString(), actorName, actorKind, action, subjectKind, subjectId, JSON.stringify(details), id];
};
