import { Parser } from 'htmlparser2';

/** A text in a template that is no text of the catalogue. */
export interface LiteralText {
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
  readonly column: number;
}

/** Elements whose text no reader sees. */
const UNSEEN: readonly string[] = ['style', 'mj-style', 'script', 'mj-title', 'title', 'mj-preview'];
/** Attributes whose text a reader sees or hears. */
const READ: readonly string[] = ['alt', 'title', 'placeholder', 'aria-label'];

/**
 * Texts and read attributes of an MJML or HTML template, with fields left out.
 * Their order is that of the file.
 */
export function literalTexts(source: string): LiteralText[] {
  // Blanks, so that every position stays.
  const blanked = source.replace(/\{\{\{?[^{}]*\}\}\}?/g, (field) => ' '.repeat(field.length));
  const found: { text: string; at: number }[] = [];
  let unseen = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (UNSEEN.includes(name)) unseen += 1;
        for (const read of READ) {
          const text = attributes[read] ?? '';
          if (text.trim() !== '') found.push({ text, at: parser.startIndex });
        }
      },
      onclosetag: (name) => {
        if (UNSEEN.includes(name)) unseen -= 1;
      },
      ontext: (text) => {
        if (unseen === 0 && text.trim() !== '')
          found.push({ text, at: parser.startIndex + text.length - text.trimStart().length });
      },
    },
    { xmlMode: true },
  );
  parser.end(blanked);
  return found.map(({ text, at }) => ({ text: text.trim(), ...positionAt(blanked, at) }));
}

function positionAt(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
