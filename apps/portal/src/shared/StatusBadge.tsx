import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const COLOURS = {
  active: 'teal',
  held: 'yellow',
  completed: 'blue',
  stopped: 'gray',
  draft: 'gray',
  'in-review': 'yellow',
  published: 'teal',
  retired: 'gray',
  recalled: 'red',
  invited: 'yellow',
  ended: 'gray',
  over: 'gray',
  new: 'blue',
  accepted: 'teal',
  working: 'yellow',
  won: 'teal',
  lost: 'gray',
  withdrawn: 'gray',
  queued: 'gray',
  running: 'blue',
  cancelled: 'gray',
  failed: 'red',
  sent: 'teal',
  pending: 'blue',
  skipped: 'gray',
  unknown: 'yellow',
  approved: 'teal',
  opening: 'blue',
  declined: 'gray',
  done: 'teal',
  'launches-stopped': 'yellow',
  archived: 'gray',
} as const;

/** Every status that the portal shows. */
export type Status = keyof typeof COLOURS;

/** A status as a word and a colour, the same on all screens. */
export function StatusBadge({ status, label }: { readonly status: Status; readonly label?: string }) {
  const { t } = useTranslation();
  return (
    <Badge color={COLOURS[status]} variant="light" tt="none" style={{ flexShrink: 0, minWidth: 'max-content' }}>
      {label ?? t(`status.${status}`)}
    </Badge>
  );
}
