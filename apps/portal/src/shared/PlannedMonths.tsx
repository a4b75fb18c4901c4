import { Box, SimpleGrid, Text } from '@mantine/core';
import type { DatesView } from '#contracts';
import { Month } from './dates';
import { useFormat } from './format';
import { monthsOf, plannedOn } from './planned-days';

/**
 * Months of a sequence with marked days.
 * Hidden from screen readers: the timeline has the same content as text.
 */
export function PlannedMonths({ calendar }: { readonly calendar: DatesView }) {
  const format = useFormat();
  const on = plannedOn(calendar);
  return (
    <SimpleGrid inert type="container" cols={{ base: 1, '560px': 2, '840px': 3 }} spacing="lg">
      {monthsOf(calendar).map((month) => (
        <Box key={month}>
          <Text size="sm" fw={600} mb={4}>
            {format.month(month)}
          </Text>
          <Month
            month={month}
            static
            fullWidth
            hideOutsideDates
            weekendDays={[]}
            size="xs"
            getDayProps={(day) => {
              const { steps, isClosed } = on(day);
              return {
                'data-planned': steps.length > 0 || undefined,
                'data-shut': isClosed || undefined,
              };
            }}
            classNames={{ day: 'planned-day' }}
          />
        </Box>
      ))}
    </SimpleGrid>
  );
}
