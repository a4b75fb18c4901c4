/** A line of text on the page, in CSS pixels. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** #rrggbb */
  readonly colour: string;
  /** Large text in the sense of WCAG 1.4.3. */
  readonly large: boolean;
}

export function look(least: { target: number; font: number }): { problems: string[]; text: string; lines: Line[] };
