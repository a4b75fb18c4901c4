import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';

interface CsvLinkProps {
  /** Under `/api/v1`. */
  readonly path: string;
  readonly label: string;
}

/** Downloads a table as CSV. */
export function CsvLink({ path, label }: CsvLinkProps) {
  return (
    <Button
      component="a"
      href={`/api/v1${path}`}
      download
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden />}
    >
      {label}
    </Button>
  );
}
