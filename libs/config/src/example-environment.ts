import { settings } from './settings.js';

/** The text of `.env.example`: every setting with its meaning and default. */
export function exampleEnvironment(): string {
  const lines = Object.entries(settings.shape).map(([name, schema]) => {
    const parsed = schema.safeParse(undefined);
    const fallback = parsed.success ? (Array.isArray(parsed.data) ? '' : String(parsed.data)) : '';
    const meaning = wrapped(`${schema.description ?? ''}${parsed.success ? '' : ' (required)'}`);
    return `${meaning}\n${parsed.success ? '#' : ''}${name}=${fallback}\n`;
  });
  const head =
    '# Every setting of the processes. A line that starts with #NAME shows its default.\n' +
    '# npm start has more options, such as its ports and its data folder: npm start -- --help.\n\n';
  return head + lines.join('\n');
}

/** The text as comment lines of at most 100 characters. */
function wrapped(text: string): string {
  const lines = ['#'];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1) ?? ''} ${word}`;
    if (line.length <= 100) lines[lines.length - 1] = line;
    else lines.push(`# ${word}`);
  }
  return lines.join('\n');
}
