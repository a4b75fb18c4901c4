import { Table, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Order, sorted } from './order';

/** One column of a table. */
export interface Column<Item> {
  readonly key: string;
  readonly title: string;
  readonly cell: (item: Item) => ReactNode;
  /** By what rows are put in order; left out where there is no order to speak of. ISO instants sort as they are. */
  readonly orderBy?: (item: Item) => string | number;
  /** Numbers stand at the end of the line. */
  readonly align?: 'start' | 'end';
  readonly maxWidth?: number;
  /** The column by which a reader tells one row from another: a screen reader names it with every cell. */
  readonly isHeading?: boolean;
}

interface DataTableProps<Item> {
  /** What the table shows, for whoever does not see the heading above it. */
  readonly label: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly columns: readonly Column<Item>[];
  /** What can be done with one row; left out where nothing can. */
  readonly actions?: ((item: Item) => ReactNode) | false | undefined;
  /** Whether every row is here: only then can they be put in order here. */
  readonly isWhole?: boolean;
  /** Pixels below which it scrolls sideways, by mouse and by keys. On a phone each row is a card instead. */
  readonly minWidth?: number;
  /** Pixels above which it scrolls in itself: where a table is but a part of a screen. */
  readonly maxHeight?: number;
}

/** Rows of one kind under named columns. The roles stand there because a table that is laid out as cards would lose them. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const { label, items, idOf, columns, actions = false, isWhole = false, minWidth = 560, maxHeight } = props;
  const { t } = useTranslation();
  const [order, setOrder] = useState<Order | null>(null);
  const by = columns.find(({ key }) => key === order?.key)?.orderBy;
  const rows = isWhole && by !== undefined && order !== null ? sorted(items, by, order.descending) : items;
  return (
    <Table.ScrollContainer
      className="data-table-room"
      minWidth={minWidth}
      {...(maxHeight === undefined ? {} : { maxHeight })}
    >
      <Table className="data-table" role="table" verticalSpacing="sm" highlightOnHover tabularNums aria-label={label}>
        <Table.Thead role="rowgroup">
          <Table.Tr role="row">
            {columns.map((column) => (
              <Heading
                key={column.key}
                column={column}
                canOrder={isWhole && items.length > 1}
                order={order}
                onOrder={setOrder}
              />
            ))}
            {actions !== false && (
              <Table.Th role="columnheader">
                <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody role="rowgroup">
          {rows.map((item) => (
            <Table.Tr key={idOf(item)} role="row">
              {columns.map(({ key, title, cell, align = 'start', maxWidth, isHeading = false }) => {
                const Cell = isHeading ? Table.Th : Table.Td;
                return (
                  <Cell
                    key={key}
                    ta={align}
                    {...(maxWidth === undefined ? {} : { maw: maxWidth })}
                    {...(isHeading
                      ? { role: 'rowheader', scope: 'row', fw: 400 }
                      : { role: 'cell', 'data-label': title })}
                  >
                    <div>{cell(item)}</div>
                  </Cell>
                );
              })}
              {actions !== false && (
                <Table.Td role="cell" ta="end">
                  <div>{actions(item)}</div>
                </Table.Td>
              )}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

interface HeadingProps<Item> {
  readonly column: Column<Item>;
  readonly canOrder: boolean;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
}

/** A column's title; pressed, it puts the rows in order, then the other way round, then as they came. */
function Heading<Item>({
  column: { key, title, align = 'start', orderBy },
  canOrder,
  order,
  onOrder,
}: HeadingProps<Item>) {
  if (!canOrder || orderBy === undefined)
    return (
      <Table.Th role="columnheader" scope="col" ta={align}>
        {title}
      </Table.Th>
    );
  const own = order?.key === key ? order : null;
  const Sign = own === null ? IconArrowsSort : own.descending ? IconArrowDown : IconArrowUp;
  const next = own === null ? { key, descending: false } : own.descending ? null : { key, descending: true };
  return (
    <Table.Th
      role="columnheader"
      scope="col"
      ta={align}
      data-ordered
      {...(own === null ? {} : { 'aria-sort': own.descending ? 'descending' : 'ascending' })}
    >
      <UnstyledButton className="table-order" onClick={() => onOrder(next)}>
        {title} <Sign size={14} aria-hidden />
      </UnstyledButton>
    </Table.Th>
  );
}
