import { Table } from '@mantine/core';
import { type ReactNode, useEffect, useRef, useState } from 'react';

interface WideTableProps {
  /** Accessible name of the room that scrolls. */
  readonly label: string;
  /** Pixels; in a narrower room the table scrolls. */
  readonly minWidth: number;
  readonly maxHeight?: number;
  readonly className?: string;
  readonly children: ReactNode;
}

/**
 * A room for a table that is wider or higher than its place. It scrolls by
 * keyboard, too: it is a stop of the Tab key while it has something to scroll
 * (WCAG 2.1.1).
 */
export function WideTable({ label, children, ...room }: WideTableProps) {
  const viewport = useRef<HTMLDivElement>(null);
  const [scrolls, setScrolls] = useState(false);
  useEffect(() => {
    const element = viewport.current;
    if (element === null) return undefined;
    const look = (): void =>
      setScrolls(element.scrollWidth > element.clientWidth || element.scrollHeight > element.clientHeight);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    if (element.firstElementChild !== null) observer.observe(element.firstElementChild);
    return () => observer.disconnect();
  }, []);
  const focus = scrolls ? { tabIndex: 0, role: 'region', 'aria-label': label } : {};
  return (
    <Table.ScrollContainer {...room} scrollAreaProps={{ type: 'auto', viewportRef: viewport, viewportProps: focus }}>
      {children}
    </Table.ScrollContainer>
  );
}
