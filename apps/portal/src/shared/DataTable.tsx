import { Table, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconArrowsSort } from '@tabler/icons-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Order, orderFrom, orderText, sortedBy, type SortKey } from '#contracts';
import { useIncrementalList } from './incremental-list';
import { LoadMore } from './LoadMore';
import { useUrlState } from './url-state';
import { WideTable } from './WideTable';

/** One column of a table. */
export interface Column<Item> {
  readonly key: string;
  readonly title: string;
  readonly cell: (item: Item) => ReactNode;
  /**
   * Sort key; undefined: not sortable.
   * Empty cells come last.
   */
  readonly orderBy?: (item: Item) => SortKey;
  /** Numbers are aligned to the end. */
  readonly align?: 'start' | 'end';
  readonly maxWidth?: number;
  /** Row header: screen readers announce it with every cell of the row. */
  readonly isHeading?: boolean;
}

interface DataTableProps<Item> {
  /** Accessible name of the table. */
  readonly label: string;
  readonly items: readonly Item[];
  /** In which order the rows come, in words; shown while no column is sorted. */
  readonly rowOrder?: string;
  /** Rows below all others, whatever the sort, such as a sum. */
  readonly last?: readonly Item[];
  readonly idOf: (item: Item) => string;
  readonly columns: readonly Column<Item>[];
  /** Actions of a row; undefined without any. */
  readonly actions?: ((item: Item) => ReactNode) | false | undefined;
  /** Name of the sort in the address, for the main table of a screen; absent: the sort is in no link. */
  readonly orderName?: string;
  /**
   * Whether all rows are loaded.
   * Otherwise sorting would be wrong.
   */
  readonly isWhole?: boolean;
  /** Keys of columns by which the rows come sorted from the API, which reads `orderName` of the address. */
  readonly serverSorts?: readonly string[];
  /**
   * Pixels.
   * A narrower table scrolls horizontally, also by keyboard.
   * On a phone each row is a card.
   */
  readonly minWidth?: number;
  /** Little room beside the cells, for a table of many columns with amounts. */
  readonly isDense?: boolean;
  /**
   * Pixels.
   * A higher table scrolls vertically, for a table in a part of a screen.
   */
  readonly maxHeight?: number;
  /** How many rows are shown before “Show more”, in the order of the sort; absent: all. */
  readonly atOnce?: number;
}

/** Rows that are drawn with the screen; the others follow at once. 200 of a screen's first draw took 0.3 s. */
const AT_FIRST = 30;

/**
 * A table with sortable columns. Explicit ARIA roles, because CSS that lays
 * rows out as cards removes the implicit ones.
 */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const {
    label,
    items,
    last = [],
    rowOrder,
    idOf,
    columns,
    orderName,
    actions = false,
    isWhole = false,
    serverSorts = [],
    minWidth = 560,
    maxHeight,
    isDense = false,
    atOnce = Number.POSITIVE_INFINITY,
  } = props;
  const [order, setOrder] = useOrder(orderName);
  const by = columns.find(({ key }) => key === order?.key)?.orderBy;
  const { language } = useTranslation().i18n;
  const isFromServer = order !== null && serverSorts.includes(order.key);
  const isSorted = isWhole && !isFromServer && by !== undefined && order !== null;
  const all = isSorted ? sortedBy(items, by, { descending: order.descending, language }) : items;
  // Not the rows, which are a new list at each draw if sorted: each draw would be followed by a second one.
  const isWholeDrawn = useDeferredValue(true, false);
  const { shown, list } = useIncrementalList(all, atOnce);
  const rows = isWholeDrawn ? shown : shown.slice(0, AT_FIRST);
  return (
    <>
      {rowOrder !== undefined && !isSorted && !isFromServer && items.length > 1 && (
        <RowOrder text={rowOrder} isWhole={isWhole || serverSorts.length > 0} />
      )}
      <WideTable
        label={label}
        className="data-table-room"
        minWidth={minWidth}
        {...(maxHeight === undefined ? {} : { maxHeight })}
      >
        <Table
          {...(isDense ? { horizontalSpacing: 6 } : {})}
          className="data-table"
          role="table"
          verticalSpacing="sm"
          highlightOnHover
          tabularNums
          aria-label={label}
        >
          <Table.Thead role="rowgroup">
            <Table.Tr role="row">
              {columns.map((column) => (
                <Heading
                  key={column.key}
                  column={column}
                  canOrder={(isWhole || serverSorts.includes(column.key)) && items.length > 1}
                  order={order}
                  onOrder={setOrder}
                />
              ))}
              {actions !== false && <ActionsHeading />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody role="rowgroup">
            {[...rows, ...last].map((item) => (
              <Table.Tr key={idOf(item)} role="row">
                {columns.map((column) => (
                  <DataCell key={column.key} item={item} column={column} />
                ))}
                {actions !== false && (
                  <Table.Td role="cell" ta="end">
                    <div>{actions(item)}</div>
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      <LoadMore list={list} />
    </>
  );
}

function RowOrder({ text, isWhole }: { readonly text: string; readonly isWhole: boolean }) {
  const { t } = useTranslation();
  return (
    <Text size="sm" c="dimmed">
      {isWhole ? text : `${text} ${t('common.sortWhenWhole')}`}
    </Text>
  );
}

/** The sort of a table: in the address under a name, or in the table alone. */
function useOrder(name: string | undefined): readonly [Order | null, (order: Order | null) => void] {
  const [own, setOwn] = useState<Order | null>(null);
  const [shared, setShared] = useUrlState<string>(name ?? 'sort', '');
  if (name === undefined) return [own, setOwn];
  return [orderFrom(shared), (order) => setShared(orderText(order))];
}

function DataCell<Item>({ item, column }: { readonly item: Item; readonly column: Column<Item> }) {
  const { title, cell, align = 'start', maxWidth, isHeading = false } = column;
  const Cell = isHeading ? Table.Th : Table.Td;
  return (
    <Cell
      ta={align}
      {...(maxWidth === undefined ? {} : { maw: maxWidth })}
      {...(isHeading ? { role: 'rowheader', scope: 'row', fw: 400 } : { role: 'cell', 'data-label': title })}
    >
      <div>{cell(item)}</div>
    </Cell>
  );
}

function ActionsHeading() {
  const { t } = useTranslation();
  return (
    <Table.Th role="columnheader">
      <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
    </Table.Th>
  );
}

interface HeadingProps<Item> {
  readonly column: Column<Item>;
  readonly canOrder: boolean;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
}

/**
 * Column header.
 * Clicks sort ascending, descending, then not at all.
 */
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
