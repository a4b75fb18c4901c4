import { Anchor } from '@mantine/core';
import { Link } from 'react-router';

interface FigureLinkProps {
  /** Empty: there is nothing behind it. */
  readonly amounts: string;
  /** The list of what is added up. */
  readonly to: string;
}

/** An amount with the list of the deals behind it. */
export function FigureLink({ amounts, to }: FigureLinkProps) {
  if (amounts === '') return '–';
  return (
    <Anchor component={Link} to={to} inherit>
      {amounts}
    </Anchor>
  );
}
