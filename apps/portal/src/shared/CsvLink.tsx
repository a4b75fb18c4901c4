import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTableHref } from './table-href';

interface CsvLinkProps {
  /** Under `/api/v1`. */
  readonly path: string;
  readonly label: string;
}

/** Downloads a table as CSV. */
export function CsvLink({ path, label }: CsvLinkProps) {
  const href = useTableHref();
  return (
    <Button
      component="a"
      href={href(path)}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {label}
    </Button>
  );
}
