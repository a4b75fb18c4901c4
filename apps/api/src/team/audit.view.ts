import type { AuditEntry } from '#audit';
import type { AuditEntryView } from '#contracts';
import type { TableCell, TableColumn } from '../http/csv-table.js';

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

export const AUDIT_COLUMNS = [
  'at',
  'by',
  'byKind',
  'action',
  'subjectKind',
  'subjectId',
  'details',
  'id',
] as const satisfies readonly TableColumn[];

/** An entry as a row of these columns. */
export const auditRow = (entry: AuditEntry): TableCell[] => {
  const { id, at, actorKind, actorName, action, subjectKind, subjectId, details } = entry;
  return [at, actorName, actorKind, action, subjectKind, subjectId, JSON.stringify(details), id];
};
