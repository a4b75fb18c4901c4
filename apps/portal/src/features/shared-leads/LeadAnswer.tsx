import { Stack, Text } from '@mantine/core';
import type { DisclosedLead } from '#contracts';
import { useFormat } from '../../shared/format';
import { StatusBadge } from '../../shared/StatusBadge';

/** A vendor's last answer about a shared lead, or that there is none. */
export function LeadAnswer({ lead: { answer } }: { readonly lead: DisclosedLead }) {
  const format = useFormat();
  return (
    <Stack gap={2} align="flex-start">
      <StatusBadge status={answer?.status ?? 'new'} />
      {answer !== null && (
        <>
          {answer.note !== null && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {answer.note}
            </Text>
          )}
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {answer.by}, {format.moment(answer.at)}
          </Text>
        </>
      )}
    </Stack>
  );
}
