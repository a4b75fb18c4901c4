/** The line of a mark in a chart. Its number stands above it: words would cover each other on a phone. */
export const markLine = (number: number, x: string) => ({
  x,
  color: 'grape.6',
  label: String(number),
  labelPosition: 'top' as const,
});
