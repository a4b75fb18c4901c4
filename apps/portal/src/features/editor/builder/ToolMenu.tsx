import { ActionIcon, Menu } from '@mantine/core';
import type { MouseEvent, ReactNode } from 'react';

/** The selection in the text stays while its tools are used. */
export const keepFocus = (event: MouseEvent): void => event.preventDefault();

/** A menu of things to put into a text. */
export function ToolMenu({
  label,
  icon,
  children,
}: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <Menu withinPortal returnFocus={false}>
      <Menu.Target>
        <ActionIcon variant="default" aria-label={label} title={label}>
          {icon}
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown data-text-tools onMouseDown={keepFocus}>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
