import { Button, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTableHref } from './table-href';

interface CsvMenuProps {
  readonly label: string;
  readonly tables: readonly {
    /** Under `/api/v1`. */
    readonly path: string;
    readonly label: string;
  }[];
}

/** Downloads one of several tables as CSV: a button for each would fill a phone. */
export function CsvMenu({ label, tables }: CsvMenuProps) {
  const href = useTableHref();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {tables.map((table) => (
          <Menu.Item key={table.path} component="a" href={href(table.path)} download>
            {table.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
